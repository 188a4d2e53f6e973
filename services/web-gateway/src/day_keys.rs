//! Random keys that live for a day or little more: in Redis for all replicas, in this process while Redis is away.

use crate::random;
use crate::volatile::Volatile;
use jiff::{Timestamp, civil::Date};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Keys for one purpose, one for each day in Suqian.
pub(crate) struct DayKeys {
    /// What they are for: part of their names in Redis.
    purpose: &'static str,
    /// How long a key is kept after its day began at the latest; what it vouched for is worthless then.
    lifetime_seconds: u64,
    volatile: Volatile,
    known: Mutex<BTreeMap<Date, Known>>,
}

#[derive(Clone, Default)]
struct Known {
    shared: Option<Vec<u8>>,
    /// This replica's own, from while it could not share one.
    own: Option<Vec<u8>>,
}

/// Yesterday's may still be asked for.
const MOST_DAYS: usize = 3;

impl DayKeys {
    pub(crate) fn new(purpose: &'static str, lifetime_seconds: u64, volatile: Volatile) -> Self {
        Self {
            purpose,
            lifetime_seconds,
            volatile,
            known: Mutex::default(),
        }
    }

    /// The day of the keys that are in use now.
    pub(crate) fn today() -> Date {
        Self::day_of(Timestamp::now())
    }
    pub(crate) fn day_of(at: Timestamp) -> Date {
        jurisdiction::campaign_time(at).date()
    }

    /// The key of a day to vouch with.
    pub(crate) async fn of(&self, date: Date) -> Vec<u8> {
        let mut known = self.known_of(date);
        if known.shared.is_none() {
            known.shared = self.shared_key(date).await;
            if known.shared.is_none() && known.own.is_none() {
                known.own = Some(random::bytes::<32>().to_vec());
            }
            self.remember(date, known.clone());
        }
        known.shared.or(known.own).unwrap_or_default()
    }

    /// All keys with which something may have been vouched for on a day: those of a time without Redis as well.
    pub(crate) async fn all_of(&self, date: Date) -> Vec<Vec<u8>> {
        let first = self.of(date).await;
        let own = self.known_of(date).own.filter(|own| *own != first);
        std::iter::once(first).chain(own).collect()
    }

    fn known_of(&self, date: Date) -> Known {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&date).cloned().unwrap_or_default()
    }

    fn remember(&self, date: Date, key: Known) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(date, key);
        while known.len() > MOST_DAYS {
            known.pop_first();
        }
    }

    async fn shared_key(&self, date: Date) -> Option<Vec<u8>> {
        let name = format!("mingcha:{}:{date}", self.purpose);
        let fresh = random::token();
        let (key,): (String,) = self
            .volatile
            .ask(|mut connection| {
                let (name, fresh) = (name.clone(), fresh.clone());
                async move {
                    redis::pipe()
                        .cmd("SET")
                        .arg(&name)
                        .arg(fresh)
                        .arg("NX")
                        .arg("EX")
                        .arg(self.lifetime_seconds)
                        .ignore()
                        .cmd("GET")
                        .arg(&name)
                        .query_async(&mut connection)
                        .await
                }
            })
            .await
            .ok()?;
        hex::decode(key).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn without_redis_a_replica_has_keys_of_its_own_for_few_days() {
        let volatile = Volatile::connect_lazily("redis://127.0.0.1:1").expect("address");
        let keys = DayKeys::new("test", 60, volatile);
        let day = |day| Date::constant(2020, 6, day);
        let first = keys.of(day(1)).await;
        assert_eq!((first.len(), keys.of(day(1)).await == first), (32, true));
        assert_ne!(keys.of(day(2)).await, first);
        for number in 3..9 {
            keys.of(day(number)).await;
        }
        assert_eq!(keys.known.lock().expect("lock").len(), MOST_DAYS);
    }
}
