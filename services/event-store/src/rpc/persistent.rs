//! Server-kept subscriptions are not offered: consumers keep their own position.

use tonic::{Request, Response, Status};

use super::proto::event_store::client::persistent_subscriptions::persistent_subscriptions_server::PersistentSubscriptions;
use super::proto::event_store::client::persistent_subscriptions::{ListReq, ListResp};

/// Has none, and says so.
pub(crate) struct None;

#[tonic::async_trait]
impl PersistentSubscriptions for None {
    async fn list(&self, _request: Request<ListReq>) -> Result<Response<ListResp>, Status> {
        Ok(Response::new(ListResp::default()))
    }
}
