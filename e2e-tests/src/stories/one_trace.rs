//! Whoever runs the city follows one click through every service: one trace from the request to the reaction.

use super::cast::Cast;
use super::steps;
use crate::city::City;
use crate::collector::Collector;
use crate::wait::{PATIENCE, eventually};
use std::collections::BTreeSet;

/// A dispatcher accepts a tip. The trace of that click holds the gateway's request, the call to tip intake and, over the
/// event's metadata and NATS, the reaction that opens the case. Durations are measured as well. Nothing of the reporter's
/// words is in any of it.
pub async fn one_trace(city: &City, collector: &Collector) {
    let cast = Cast::of(&city.town).await;
    let place = steps::new_place("老砖瓦厂");
    steps::opened_case(&city.town, &cast, &place).await;
    let wanted = [
        ("web-gateway", "http", "/api/v1/tips/{tip_id}/accept"),
        ("tip-intake", "rpc", "mingcha.intake.v1.TipIntake/AcceptTip"),
        ("case-assignment", "react", "tip.accepted.v1"),
    ];
    eventually("one trace from the request to the reaction", PATIENCE, || async {
        let traces = collector.traces();
        let holds = |trace: &&BTreeSet<_>| {
            wanted.iter().all(|(service, name, about)| {
                trace.iter().any(|span: &crate::collector::SeenSpan| {
                    span.service == *service
                        && span.name == *name
                        && span.attributes.iter().any(|attribute| attribute.ends_with(about))
                })
            })
        };
        traces.iter().find(holds).map(|_| ())
    })
    .await;
    // What is left to export is exported when a service is asked to stop.
    for (service, metric) in [
        ("tip-intake", "mingcha.command.duration"),
        ("case-assignment", "mingcha.reaction.duration"),
    ] {
        city.stop(service).await;
        let sent = collector.metrics_of(service);
        assert!(sent.contains(metric), "{service} measured {sent:?}");
    }
    let everything = format!("{:?}", collector.traces());
    for words in ["刺鼻气味", place.as_str()] {
        assert!(!everything.contains(words), "{words} in a span");
    }
}
