//! Asking the parts how they are: a service by its gRPC health, NATS and the store by a question of their own.

use crate::{Nats, Store};
use async_nats::connection::State;
use std::time::Duration;
use tonic::transport::Endpoint;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;

/// Whether the service at `address` says within `limit` that it is serving.
pub async fn is_serving(address: &str, limit: Duration) -> bool {
    let ask = async {
        let endpoint = Endpoint::from_shared(address.to_owned()).ok()?;
        let channel = endpoint.connect().await.ok()?;
        let whole = HealthCheckRequest {
            service: String::new(),
        };
        let answer = HealthClient::new(channel).check(whole).await.ok()?;
        Some(answer.into_inner().status() == ServingStatus::Serving)
    };
    matches!(tokio::time::timeout(limit, ask).await, Ok(Some(true)))
}

impl Nats {
    /// Whether JetStream answers within `limit`.
    pub async fn answers(&self, limit: Duration) -> bool {
        // Without a connection a question would wait for one, and every further one behind it.
        if self.client.connection_state() != State::Connected {
            return false;
        }
        let asked = tokio::time::timeout(limit, self.jetstream.query_account()).await;
        matches!(asked, Ok(Ok(_)))
    }
}

impl Store {
    /// Whether the store answers within `limit`.
    pub async fn answers(&self, limit: Duration) -> bool {
        let asked = tokio::time::timeout(limit, self.head()).await;
        matches!(asked, Ok(Ok(_)))
    }
}
