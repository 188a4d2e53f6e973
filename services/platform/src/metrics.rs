//! What is measured for OTLP: commands and reactions, by kind and outcome. Never anything of a reporter.

use opentelemetry::metrics::{Counter, Histogram};
use opentelemetry::{KeyValue, global};
use std::sync::LazyLock;
use std::time::Instant;

struct Instruments {
    commands: Histogram<f64>,
    reactions: Histogram<f64>,
    dead_letters: Counter<u64>,
}

/// Made when first used: the exporter is installed first thing in `main`.
static INSTRUMENTS: LazyLock<Instruments> = LazyLock::new(|| {
    let meter = global::meter("mingcha");
    let seconds = |name: &'static str, what: &'static str| {
        meter
            .f64_histogram(name)
            .with_unit("s")
            .with_description(what)
            .build()
    };
    Instruments {
        commands: seconds(
            "mingcha.command.duration",
            "From a command to its answer, by category and outcome",
        ),
        reactions: seconds(
            "mingcha.reaction.duration",
            "From an event to the end of its reaction",
        ),
        dead_letters: meter
            .u64_counter("mingcha.dead_letters")
            .with_description("Reactions given up")
            .build(),
    }
});

/// A command on a category of aggregates ended: `done`, `refused` or `failed`.
pub(crate) fn command(category: &'static str, outcome: &'static str, begun: Instant) {
    let labels = [
        KeyValue::new("category", category),
        KeyValue::new("outcome", outcome),
    ];
    INSTRUMENTS
        .commands
        .record(begun.elapsed().as_secs_f64(), &labels);
}

/// A reactor dealt with an event.
pub(crate) fn reaction(durable: &str, begun: Instant) {
    let labels = [KeyValue::new("durable", durable.to_owned())];
    INSTRUMENTS
        .reactions
        .record(begun.elapsed().as_secs_f64(), &labels);
}

/// A reactor gave up on an event.
pub(crate) fn dead_letter(durable: &str) {
    INSTRUMENTS
        .dead_letters
        .add(1, &[KeyValue::new("durable", durable.to_owned())]);
}
