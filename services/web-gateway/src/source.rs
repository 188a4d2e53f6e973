//! Where a request comes from, as a keyed hash that is worthless the day after; the address itself is kept nowhere.

use crate::day_keys::DayKeys;
use crate::random;
use crate::volatile::Volatile;
use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use std::net::{IpAddr, SocketAddr};

/// The key must outlive its day a little, for requests at midnight on machines whose clocks differ.
const KEY_LIFETIME_SECONDS: u64 = 25 * 60 * 60;

/// A keyed hash of an address, good for comparing within one day.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Source(String);

impl Source {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
    /// A readable source for tests.
    #[cfg(test)]
    pub(crate) fn sample(text: &str) -> Self {
        Self(text.to_owned())
    }
}

/// Turns requests into sources.
pub(crate) struct Sources {
    trusted_proxies: Vec<IpAddr>,
    keys: DayKeys,
}

impl Sources {
    pub(crate) fn new(trusted_proxies: Vec<IpAddr>, volatile: Volatile) -> Self {
        Self {
            trusted_proxies,
            keys: DayKeys::new("source-key", KEY_LIFETIME_SECONDS, volatile),
        }
    }

    pub(crate) async fn of(&self, parts: &Parts) -> Source {
        let address = address_of(parts, &self.trusted_proxies);
        self.hashed(&address.map_or_else(String::new, network_of)).await
    }

    /// Of an SMS: the number that it claims to come from.
    pub(crate) async fn of_number(&self, number: &str) -> Source {
        self.hashed(&format!("number {number}")).await
    }

    async fn hashed(&self, text: &str) -> Source {
        let key = self.keys.of(DayKeys::today()).await;
        let hash = random::keyed_hash(&key, &[text.as_bytes()]);
        Source(hex::encode(&hash[..16]))
    }
}

/// The nearest address that no trusted proxy vouches for as another proxy.
fn address_of(parts: &Parts, trusted: &[IpAddr]) -> Option<IpAddr> {
    let peer = parts
        .extensions
        .get::<ConnectInfo<SocketAddr>>()?
        .0
        .ip()
        .to_canonical();
    if !trusted.contains(&peer) {
        return Some(peer);
    }
    let forwarded = parts.headers.get_all("x-forwarded-for");
    let hops: Vec<IpAddr> = forwarded
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|hop| hop.trim().parse().ok())
        .collect();
    hops.into_iter()
        .rev()
        .find(|hop| !trusted.contains(hop))
        .or(Some(peer))
}

/// One IPv6 subscriber has a whole /64 and could use each address once.
fn network_of(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("{:x?}", &address.segments()[..4]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    fn parts(peer: &str, forwarded: &str) -> Parts {
        let peer: IpAddr = peer.parse().expect("address");
        let request = Request::builder()
            .header("x-forwarded-for", forwarded)
            .extension(ConnectInfo(SocketAddr::new(peer, 1)));
        request.body(()).expect("request").into_parts().0
    }
    fn address(text: &str) -> Option<IpAddr> {
        text.parse().ok()
    }

    #[test]
    fn nobodys_word_is_taken_by_default() {
        assert_eq!(
            address_of(&parts("127.0.0.1", "203.0.113.9"), &[]),
            address("127.0.0.1")
        );
    }
    #[test]
    fn a_trusted_proxys_last_word_counts_not_what_the_client_claimed() {
        let trusted = [address("127.0.0.1").expect("address")];
        let asked = parts("127.0.0.1", "198.51.100.1, 203.0.113.9");
        assert_eq!(address_of(&asked, &trusted), address("203.0.113.9"));
    }
    #[test]
    fn neighbours_in_one_ipv6_network_are_one_source() {
        let of = |text: &str| network_of(text.parse().expect("address"));
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
    }
}
