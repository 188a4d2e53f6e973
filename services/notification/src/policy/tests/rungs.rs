//! Who is written to on the higher rungs of the ladder.

use super::*;

#[test]
fn given_a_higher_rung_then_the_person_it_names_is_written_to() {
    let person = || Some("leader-321322");
    for step in [Rung::SupervisionOrder, Rung::Interview, Rung::Criticism] {
        let letters = rung(step, named(sample::COUNTY, person()), 0);
        // Circulated criticism is circulated by the joint conference's office.
        let office = (step == Rung::Criticism).then_some("unit 321300-AWB");
        let expected: Vec<&str> = ["leader-321322"].into_iter().chain(office).collect();
        assert_eq!(to(&letters), expected);
        assert_eq!(letters[0].template, step.code());
    }
}

#[test]
fn given_a_referral_then_the_inspectors_and_those_concerned_are_written_to_and_repetitions_are_counted() {
    let discipline = named(sample::DISCIPLINE, Some("inspector-321300-JW"));
    let letters = rung(Rung::Referral, discipline, 2);
    assert_eq!(to(&letters), ["inspector-321300-JW", "leader-321322102"]);
    assert!(
        letters
            .iter()
            .all(|letter| letter.body.contains("移送纪委监委（第 3 次）"))
    );
}
