//! A collector of telemetry: receives OTLP over gRPC on loopback and keeps what it is sent.

use opentelemetry_proto::tonic::collector::metrics::v1::metrics_service_server::{
    MetricsService, MetricsServiceServer,
};
use opentelemetry_proto::tonic::collector::metrics::v1::{
    ExportMetricsServiceRequest, ExportMetricsServiceResponse,
};
use opentelemetry_proto::tonic::collector::trace::v1::trace_service_server::{
    TraceService, TraceServiceServer,
};
use opentelemetry_proto::tonic::collector::trace::v1::{
    ExportTraceServiceRequest, ExportTraceServiceResponse,
};
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::resource::v1::Resource;
use prost::Message;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_stream::wrappers::TcpListenerStream;
use tonic::transport::Server;
use tonic::{Request, Response, Status};

/// Listens until it is dropped.
pub struct Collector {
    pub endpoint: String,
    received: Received,
    serving: JoinHandle<()>,
}

/// A span, as far as the stories ask for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SeenSpan {
    pub service: String,
    pub name: String,
    /// `key=value` of every text attribute.
    pub attributes: BTreeSet<String>,
}

#[derive(Clone, Default)]
struct Received {
    /// By trace id.
    spans: Arc<Mutex<BTreeMap<Vec<u8>, BTreeSet<SeenSpan>>>>,
    /// `service name` pairs.
    metrics: Arc<Mutex<BTreeSet<(String, String)>>>,
    /// All of it as it came: whoever looks for words that must not be there cannot know in which field they would be.
    bytes: Arc<Mutex<Vec<u8>>>,
}

impl Collector {
    /// # Panics
    /// If no port is free.
    pub async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
        let received = Received::default();
        let server = Server::builder()
            .add_service(TraceServiceServer::new(received.clone()))
            .add_service(MetricsServiceServer::new(received.clone()));
        let serving = tokio::spawn(async move {
            let served = server.serve_with_incoming(TcpListenerStream::new(listener)).await;
            served.expect("the collector serves");
        });
        Self {
            endpoint,
            received,
            serving,
        }
    }

    /// Every trace so far, each as its set of spans.
    ///
    /// # Panics
    /// If the collector broke.
    pub fn traces(&self) -> Vec<BTreeSet<SeenSpan>> {
        let spans = self.received.spans.lock().expect("the spans");
        spans.values().cloned().collect()
    }

    /// Names of the metrics that a service has sent.
    ///
    /// # Panics
    /// If the collector broke.
    pub fn metrics_of(&self, service: &str) -> BTreeSet<String> {
        let metrics = self.received.metrics.lock().expect("the metrics");
        let of_it = metrics.iter().filter(|(from, _)| from == service);
        of_it.map(|(_, name)| name.clone()).collect()
    }

    /// Everything that was sent so far, spans and metrics, as it came over the wire.
    ///
    /// # Panics
    /// If the collector broke.
    pub fn everything(&self) -> Vec<u8> {
        self.received.bytes.lock().expect("the bytes").clone()
    }
}

impl Received {
    fn keep(&self, request: &impl Message) {
        self.bytes
            .lock()
            .expect("the bytes")
            .extend(request.encode_to_vec());
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

#[tonic::async_trait]
impl TraceService for Received {
    async fn export(
        &self,
        request: Request<ExportTraceServiceRequest>,
    ) -> Result<Response<ExportTraceServiceResponse>, Status> {
        self.keep(request.get_ref());
        let mut known = self.spans.lock().expect("the spans");
        for of_resource in request.into_inner().resource_spans {
            let service = service_name(of_resource.resource.as_ref());
            for span in of_resource.scope_spans.into_iter().flat_map(|scope| scope.spans) {
                let texts = span.attributes.into_iter().filter_map(|attribute| {
                    match attribute.value.and_then(|value| value.value) {
                        Some(Value::StringValue(text)) => Some(format!("{}={text}", attribute.key)),
                        _ => None,
                    }
                });
                known.entry(span.trace_id).or_default().insert(SeenSpan {
                    service: service.clone(),
                    name: span.name,
                    attributes: texts.collect(),
                });
            }
        }
        Ok(Response::new(Default::default()))
    }
}

#[tonic::async_trait]
impl MetricsService for Received {
    async fn export(
        &self,
        request: Request<ExportMetricsServiceRequest>,
    ) -> Result<Response<ExportMetricsServiceResponse>, Status> {
        self.keep(request.get_ref());
        let mut known = self.metrics.lock().expect("the metrics");
        for of_resource in request.into_inner().resource_metrics {
            let service = service_name(of_resource.resource.as_ref());
            let metrics = of_resource
                .scope_metrics
                .into_iter()
                .flat_map(|scope| scope.metrics);
            known.extend(metrics.map(|metric| (service.clone(), metric.name)));
        }
        Ok(Response::new(Default::default()))
    }
}

fn service_name(resource: Option<&Resource>) -> String {
    let attributes = resource
        .map(|resource| resource.attributes.as_slice())
        .unwrap_or_default();
    let name = attributes
        .iter()
        .find(|attribute| attribute.key == "service.name");
    let value = name.and_then(|name| name.value.as_ref()?.value.as_ref());
    match value {
        Some(Value::StringValue(name)) => name.clone(),
        _ => String::new(),
    }
}
