//! The simulation seen to see: each fault that is put into the program is found by the invariant that names it.

use simulation::{Sabotage, Settings, simulate};

#[test]
fn every_fault_is_found_by_its_invariant() {
    let years = Sabotage::ALL.map(|sabotage| {
        std::thread::spawn(move || {
            let settings = Settings {
                tips: 60,
                days: 120,
                sabotage: Some(sabotage),
                ..Settings::default()
            };
            (sabotage, simulate(5, settings))
        })
    });
    for year in years {
        let (sabotage, year) = year.join().expect("a year ends");
        let expected = sabotage.is_found_by().code();
        let found: Vec<&str> = year
            .failures
            .iter()
            .map(|failure| failure.invariant.as_str())
            .collect();
        assert!(found.contains(&expected), "{sabotage:?} was found by {found:?}");
        let said = year.failures[0].to_string();
        assert!(
            said.starts_with("seed=5 at=") && said.ends_with("make simulate SEEDS=5"),
            "{said}"
        );
    }
}
