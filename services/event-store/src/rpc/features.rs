//! Tells clients which calls are answered.

use tonic::{Request, Response, Status};

use super::proto::event_store::client::Empty;
use super::proto::event_store::client::server_features::server_features_server::ServerFeatures;
use super::proto::event_store::client::server_features::{SupportedMethod, SupportedMethods};

/// From 25.0 on, clients would try the second protocol, which is not spoken here.
const VERSION: &str = "24.10.0";

/// Service and method names in lower case, as clients compare them.
const METHODS: [(&str, &str); 8] = [
    ("event_store.client.streams.streams", "append"),
    ("event_store.client.streams.streams", "batchappend"),
    ("event_store.client.streams.streams", "delete"),
    ("event_store.client.streams.streams", "read"),
    ("event_store.client.streams.streams", "tombstone"),
    (
        "event_store.client.persistent_subscriptions.persistentsubscriptions",
        "list",
    ),
    ("event_store.client.gossip.gossip", "read"),
    (
        "event_store.client.server_features.serverfeatures",
        "getsupportedmethods",
    ),
];

/// The answer is always the same.
pub(crate) struct Features;

#[tonic::async_trait]
impl ServerFeatures for Features {
    async fn get_supported_methods(
        &self,
        _request: Request<Empty>,
    ) -> Result<Response<SupportedMethods>, Status> {
        let method = |(service, method): (&str, &str)| SupportedMethod {
            method_name: method.to_owned(),
            service_name: service.to_owned(),
            features: Vec::new(),
        };
        Ok(Response::new(SupportedMethods {
            methods: METHODS.into_iter().map(method).collect(),
            event_store_server_version: VERSION.to_owned(),
        }))
    }
}
