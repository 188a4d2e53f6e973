//! Optional Basic authentication; without configured credentials every header is ignored.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tonic::service::Interceptor;
use tonic::{Request, Status};

use super::errors;
use crate::config::Credentials;

/// Lets calls pass that present the configured credentials.
#[derive(Clone)]
pub(crate) struct Authenticate {
    /// The header value that opens the door; `None`: the door is open.
    expected: Option<String>,
}

impl Authenticate {
    pub(crate) fn new(credentials: Option<&Credentials>) -> Self {
        let expected = credentials.map(|Credentials { user, password }| {
            format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))
        });
        Self { expected }
    }
}

impl Interceptor for Authenticate {
    fn call(&mut self, request: Request<()>) -> Result<Request<()>, Status> {
        let Some(expected) = &self.expected else {
            return Ok(request);
        };
        let presented = request.metadata().get("authorization");
        match presented {
            Some(value) if same(value.as_bytes(), expected.as_bytes()) => Ok(request),
            Some(_) => Err(errors::unauthenticated("the credentials are wrong")),
            None => Err(errors::unauthenticated("credentials are required")),
        }
    }
}

/// Takes as long for a near miss as for any other miss.
fn same(left: &[u8], right: &[u8]) -> bool {
    let differences = left.iter().zip(right).fold(0, |all, (l, r)| all | (l ^ r));
    left.len() == right.len() && differences == 0
}
