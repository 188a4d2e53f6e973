//! The public gRPC protocol over the engine: one file per call.

mod append;
mod auth;
mod batch;
mod convert;
mod errors;
mod features;
mod filter;
mod follow_all;
mod follow_stream;
mod gossip;
mod persistent;
mod read;
mod streams;
mod subscribe;

use std::sync::Arc;

use tokio_util::sync::CancellationToken;
use tonic::service::{Routes, interceptor::InterceptedService};

use crate::config::Config;
use crate::engine::Engine;
use auth::Authenticate;
use proto::event_store::client::gossip::gossip_server::GossipServer;
use proto::event_store::client::persistent_subscriptions::persistent_subscriptions_server::PersistentSubscriptionsServer;
use proto::event_store::client::server_features::server_features_server::ServerFeaturesServer;
use proto::event_store::client::streams::streams_server::StreamsServer;

/// The generated code of the protocol.
#[allow(missing_docs, dead_code, clippy::all)]
mod proto {
    pub mod event_store {
        pub mod client {
            tonic::include_proto!("event_store.client");
            pub mod gossip {
                tonic::include_proto!("event_store.client.gossip");
            }
            pub mod persistent_subscriptions {
                tonic::include_proto!("event_store.client.persistent_subscriptions");
            }
            pub mod server_features {
                tonic::include_proto!("event_store.client.server_features");
            }
            pub mod streams {
                tonic::include_proto!("event_store.client.streams");
            }
        }
    }
    pub mod google {
        pub mod rpc {
            tonic::include_proto!("google.rpc");
        }
    }
}

/// The service whose health follows the writer.
pub(crate) const STREAMS_SERVICE: &str = "event_store.client.streams.Streams";

/// A message may exceed the append limit by this much before the transport itself refuses it:
/// within, the refusal is the protocol's own.
const MESSAGE_SLACK: usize = 16 * 1024 * 1024;

/// Every service of the protocol. `stopping` ends subscriptions.
pub(crate) fn routes(engine: &Arc<Engine>, config: &Config, stopping: &CancellationToken) -> Routes {
    let authenticate = Authenticate::new(config.credentials.as_ref());
    let streams = streams::StreamsService::new(engine, config, stopping);
    let streams = StreamsServer::new(streams)
        .max_decoding_message_size(config.max_append_bytes.saturating_add(MESSAGE_SLACK));
    let persistent = PersistentSubscriptionsServer::new(persistent::None);
    // Clients ask for features and members before they present credentials.
    Routes::new(ServerFeaturesServer::new(features::Features))
        .add_service(GossipServer::new(gossip::OneNode::new(
            engine.instance(),
            stopping.clone(),
        )))
        .add_service(InterceptedService::new(streams, authenticate.clone()))
        .add_service(InterceptedService::new(persistent, authenticate))
}
