//! Loopback ports for one city, kept until the process that will listen there is started.

use std::collections::BTreeMap;
use std::fs::File;
use std::net::TcpListener;
use std::path::PathBuf;

/// Below the ports that the system hands out to callers: while a service is stopped, nobody may be given its port, and
/// a caller that tries again and again must not happen to connect to itself.
const RANGE: std::ops::Range<u16> = 15_000..32_000;

/// Named ports; each is held open until it is needed.
#[derive(Debug, Default)]
pub(crate) struct Ports {
    numbers: BTreeMap<String, u16>,
    held: BTreeMap<String, TcpListener>,
    /// Between letting go and listening, and while a service is stopped, another city must not take the number.
    _reserved: Vec<File>,
}

impl Ports {
    /// One free port for every name.
    pub(crate) fn take<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut ports = Self::default();
        for name in names {
            let (number, listener, reservation) = free();
            ports.numbers.insert(name.to_owned(), number);
            ports.held.insert(name.to_owned(), listener);
            ports._reserved.push(reservation);
        }
        ports
    }
    pub(crate) fn of(&self, name: &str) -> u16 {
        *self
            .numbers
            .get(name)
            .unwrap_or_else(|| panic!("no port was taken for {name}"))
    }
    /// Lets go, so that the process can listen.
    pub(crate) fn release(&mut self, name: &str) {
        self.held.remove(name);
    }
}

/// Starts looking at a random place, so that cities side by side do not race for the same numbers.
fn free() -> (u16, TcpListener, File) {
    let width = RANGE.end - RANGE.start;
    let start = (uuid::Uuid::new_v4().as_u128() % u128::from(width)) as u16;
    (0..width)
        .map(|step| RANGE.start + (start + step) % width)
        .find_map(|number| {
            let reservation = reserve(number)?;
            let listener = TcpListener::bind(("127.0.0.1", number)).ok()?;
            Some((number, listener, reservation))
        })
        .expect("a free port")
}

/// A lock on the number, given back by the system however the test ends.
fn reserve(number: u16) -> Option<File> {
    let folder: PathBuf = std::env::temp_dir().join("mingcha-ports");
    std::fs::create_dir_all(&folder).ok()?;
    let file = File::create(folder.join(number.to_string())).ok()?;
    file.try_lock().ok().map(|()| file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_let_go_is_nobody_elses() {
        let mut ports = Ports::take(["ledger"]);
        let number = ports.of("ledger");
        ports.release("ledger");
        assert!(reserve(number).is_none());
        drop(ports);
        assert!(reserve(number).is_some());
    }
}
