//! What follows for disposals from what happens to cases. Pure.

use case_domain::CaseEvent;
use disposal_domain::{Class, DisposalCommand, OrderDisposal};

pub(crate) const CONFIRMED_CASE: &str = "disposal-tracking/confirmed-case-orders-disposal";

/// A confirmed case orders the disposal that its class prescribes.
pub(crate) fn react(event: CaseEvent) -> Option<DisposalCommand> {
    let CaseEvent::CaseConfirmed {
        class,
        owner,
        place,
        summary,
        urgency,
    } = event
    else {
        return None;
    };
    let class = match class {
        case_domain::Class::A => Class::A,
        case_domain::Class::B => Class::B,
        case_domain::Class::C => Class::C,
    };
    let place = match place.coordinates {
        Some(at) if place.text.is_empty() => format!("北纬 {:.5}，东经 {:.5}", at.latitude, at.longitude),
        _ => place.text,
    };
    Some(DisposalCommand::Order(OrderDisposal {
        class,
        unit: owner,
        place,
        summary,
        urgency,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jurisdiction::{UnitCode, Urgency};

    #[test]
    fn given_a_confirmed_case_then_its_owner_is_ordered_to_dispose_of_it() {
        let confirmed = CaseEvent::CaseConfirmed {
            class: case_domain::Class::C,
            owner: UnitCode::of("321322102"),
            place: case_domain::Place {
                text: "老砖瓦厂".into(),
                ..Default::default()
            },
            summary: "无证生产".into(),
            urgency: Urgency::Urgent,
        };
        let Some(DisposalCommand::Order(order)) = react(confirmed) else {
            panic!("an order")
        };
        assert_eq!(
            (order.class, order.unit, order.place.as_str()),
            (Class::C, UnitCode::of("321322102"), "老砖瓦厂")
        );
    }
    #[test]
    fn given_anything_else_then_nothing_follows() {
        assert!(react(CaseEvent::CaseAcknowledged {}).is_none());
    }
}
