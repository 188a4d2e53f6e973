//! A cluster of one: this node, its leader.

use tokio_util::sync::CancellationToken;
use tonic::{Request, Response, Status};
use uuid::Uuid;

use super::convert::{IdForm, uuid_out};
use super::proto::event_store::client::Empty;
use super::proto::event_store::client::gossip::gossip_server::Gossip;
use super::proto::event_store::client::gossip::member_info::VNodeState;
use super::proto::event_store::client::gossip::{ClusterInfo, EndPoint, MemberInfo};
use crate::engine::ticks_now;

/// Answers with the address that the caller has reached.
pub(crate) struct OneNode {
    instance: Uuid,
    stopping: CancellationToken,
}

impl OneNode {
    pub(crate) fn new(instance: Uuid, stopping: CancellationToken) -> Self {
        Self { instance, stopping }
    }
}

#[tonic::async_trait]
impl Gossip for OneNode {
    async fn read(&self, request: Request<Empty>) -> Result<Response<ClusterInfo>, Status> {
        let address = request
            .local_addr()
            .ok_or_else(|| Status::internal("the connection has no local address"))?;
        let state = if self.stopping.is_cancelled() {
            VNodeState::ShuttingDown
        } else {
            VNodeState::Leader
        };
        let member = MemberInfo {
            instance_id: Some(uuid_out(self.instance, IdForm::Text)),
            time_stamp: ticks_now(),
            state: state.into(),
            is_alive: true,
            http_end_point: Some(EndPoint {
                address: address.ip().to_string(),
                port: address.port().into(),
            }),
        };
        Ok(Response::new(ClusterInfo {
            members: vec![member],
        }))
    }
}
