//! A case that has become urgent.

use super::*;

#[test]
fn given_a_case_that_presses_by_now_then_whoever_has_it_hears_at_once() {
    let suqian = sample::suqian();
    let by = sample::acting(Role::Dispatcher, sample::COUNTY);
    let letters = |facts: Vec<CaseEvent>| {
        let facts: Vec<_> = facts.into_iter().map(|event| (by.clone(), event)).collect();
        let state = after::<Case>(&facts);
        let now = at("2020-06-01T01:00:00Z");
        on_case(
            CaseId::sample(7),
            &CaseEvent::MadeUrgent {},
            &state,
            now,
            desk(&suqian),
        )
    };
    let told = letters(vec![opened(false), assigned(), CaseEvent::MadeUrgent {}]);
    assert_eq!(to(&told), ["unit 321322102"]);
    assert!(told[0].body.contains("119") && told[0].body.contains("老砖瓦厂"));
    let kept_close = letters(vec![opened(true), assigned(), CaseEvent::MadeUrgent {}]);
    assert!(!kept_close[0].body.contains("老砖瓦厂"));
    assert!(
        letters(vec![opened(false), CaseEvent::MadeUrgent {}]).is_empty(),
        "nobody has it yet"
    );
}
