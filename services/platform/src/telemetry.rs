//! Logs, traces and metrics: `tracing` to the terminal, and to OTLP where an endpoint is configured.

use crate::TelemetryConfig;
use opentelemetry::propagation::{Extractor, Injector, TextMapPropagator};
use opentelemetry::trace::TracerProvider;
use opentelemetry::{KeyValue, global};
use opentelemetry_otlp::WithExportConfig;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::metrics::SdkMeterProvider;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::SdkTracerProvider;
use std::collections::HashMap;
use std::io::IsTerminal;
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

/// The client of the store logs every lost connection as an error several times; we log it once ourselves.
const DEFAULT_FILTER: &str = "info,kurrentdb=off,async_nats=error";

/// Flushes what is still to be exported when dropped.
#[derive(Default)]
pub struct Telemetry {
    traces: Option<SdkTracerProvider>,
    metrics: Option<SdkMeterProvider>,
}

impl Telemetry {
    /// Installs the process-wide subscriber; to be called once, first thing.
    pub fn install(service: &str, config: &TelemetryConfig) -> Self {
        let filter = EnvFilter::new(config.filter.as_deref().unwrap_or(DEFAULT_FILTER));
        let lines = tracing_subscriber::fmt::layer()
            .with_writer(std::io::stderr)
            .with_ansi(std::io::stderr().is_terminal());
        let lines = if config.json {
            lines.json().boxed()
        } else {
            lines.compact().boxed()
        };
        let resource = Resource::builder()
            .with_attributes([KeyValue::new("service.name", service.to_owned())])
            .build();
        let traces = match &config.otlp_endpoint {
            Some(endpoint) => exporting_traces(endpoint, resource.clone()),
            // Without an exporter spans still get ids, so that one trace can be followed through events.
            None => SdkTracerProvider::builder()
                .with_resource(resource.clone())
                .build(),
        };
        let metrics = config
            .otlp_endpoint
            .as_ref()
            .and_then(|endpoint| exporting_metrics(endpoint, resource));
        global::set_text_map_propagator(TraceContextPropagator::new());
        if let Some(metrics) = &metrics {
            global::set_meter_provider(metrics.clone());
        }
        let spans = tracing_opentelemetry::layer().with_tracer(traces.tracer("mingcha"));
        let installed = tracing_subscriber::registry()
            .with(filter)
            .with(lines)
            .with(spans)
            .try_init();
        if installed.is_err() {
            tracing::warn!("telemetry was installed before");
        }
        Self {
            traces: Some(traces),
            metrics,
        }
    }
}

impl Drop for Telemetry {
    fn drop(&mut self) {
        if let Some(traces) = self.traces.take() {
            let _ = traces.shutdown();
        }
        if let Some(metrics) = self.metrics.take() {
            let _ = metrics.shutdown();
        }
    }
}

fn exporting_traces(endpoint: &str, resource: Resource) -> SdkTracerProvider {
    let builder = SdkTracerProvider::builder().with_resource(resource);
    match opentelemetry_otlp::SpanExporter::builder()
        .with_tonic()
        .with_endpoint(endpoint)
        .build()
    {
        Ok(exporter) => builder.with_batch_exporter(exporter).build(),
        Err(error) => {
            eprintln!("telemetry.otlp_endpoint: {error}; traces are not exported");
            builder.build()
        }
    }
}

fn exporting_metrics(endpoint: &str, resource: Resource) -> Option<SdkMeterProvider> {
    let exporter = opentelemetry_otlp::MetricExporter::builder()
        .with_tonic()
        .with_endpoint(endpoint)
        .build()
        .ok()?;
    Some(
        SdkMeterProvider::builder()
            .with_resource(resource)
            .with_periodic_exporter(exporter)
            .build(),
    )
}

/// W3C `traceparent` of the current span, for events, calls and messages.
pub fn current_traceparent() -> Option<String> {
    let mut carrier = Carrier::default();
    TraceContextPropagator::new().inject_context(&Span::current().context(), &mut carrier);
    carrier.0.remove("traceparent")
}

/// Makes `span` continue the trace of `traceparent`.
pub fn with_parent(span: &Span, traceparent: Option<&str>) {
    let Some(traceparent) = traceparent else { return };
    let carrier = Carrier(HashMap::from([(
        "traceparent".to_owned(),
        traceparent.to_owned(),
    )]));
    let _ = span.set_parent(TraceContextPropagator::new().extract(&carrier));
}

#[derive(Default)]
struct Carrier(HashMap<String, String>);

impl Injector for Carrier {
    fn set(&mut self, key: &str, value: String) {
        self.0.insert(key.to_owned(), value);
    }
}
impl Extractor for Carrier {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }
    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).collect()
    }
}
