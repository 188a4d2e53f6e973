//! Which events of $all a caller wants: by stream or by type, by prefix or by expression.

use fancy_regex::Regex;
use tonic::Status;

use super::proto::event_store::client::streams::read_req::options::FilterOptions;
use super::proto::event_store::client::streams::read_req::options::filter_options::{
    Filter as Wanted, Window,
};
use crate::engine::Record;

/// The window a server takes if the client names none.
const DEFAULT_WINDOW: u64 = 32;

/// A condition on events.
#[derive(Debug)]
pub(crate) struct Filter {
    field: Field,
    test: Test,
    /// After how many considered events a subscription is told how far it has come.
    pub(crate) checkpoint_interval: u64,
}

#[derive(Debug)]
enum Field {
    Stream,
    Kind,
}

#[derive(Debug)]
enum Test {
    Prefixes(Vec<String>),
    // Boxed: a compiled expression is large. Clients use look-ahead, hence fancy-regex.
    Expression(Box<Regex>),
}

impl Filter {
    /// Compiles what a client asks for.
    pub(crate) fn parse(options: FilterOptions) -> Result<Self, Status> {
        let (field, expression) = match options.filter {
            Some(Wanted::StreamIdentifier(expression)) => (Field::Stream, expression),
            Some(Wanted::EventType(expression)) => (Field::Kind, expression),
            None => return Err(Status::invalid_argument("the filter is empty")),
        };
        let test = if expression.prefix.is_empty() {
            let regex = Regex::new(&expression.regex).map_err(|error| {
                Status::invalid_argument(format!("the filter's expression is invalid: {error}"))
            })?;
            Test::Expression(Box::new(regex))
        } else {
            Test::Prefixes(expression.prefix)
        };
        let window = match options.window {
            Some(Window::Max(max)) => u64::from(max).max(1),
            Some(Window::Count(_)) | None => DEFAULT_WINDOW,
        };
        let multiplier = u64::from(options.checkpoint_interval_multiplier).max(1);
        Ok(Self {
            field,
            test,
            checkpoint_interval: window.saturating_mul(multiplier),
        })
    }

    /// Whether an event is wanted. Fails if the expression backtracks beyond all measure.
    pub(crate) fn matches(&self, record: &Record) -> Result<bool, Status> {
        let text: &str = match self.field {
            Field::Stream => &record.stream,
            Field::Kind => &record.kind,
        };
        match &self.test {
            Test::Prefixes(prefixes) => Ok(prefixes.iter().any(|prefix| text.starts_with(prefix.as_str()))),
            Test::Expression(regex) => regex
                .is_match(text)
                .map_err(|error| Status::invalid_argument(format!("the filter's expression fails: {error}"))),
        }
    }
}
