//! Measures the store through the official client: durable appends, reads, subscriptions.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use clap::Parser;
use event_store::{Config, EventStore};
use kurrentdb::{
    AppendToStreamOptions, Client, EventData, ReadAllOptions, StreamPosition, StreamState,
    SubscribeToAllOptions, SubscriptionEvent,
};
use serde::Serialize;
use tokio::sync::oneshot;
use uuid::Uuid;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Measure an event store.
#[derive(Debug, Parser)]
struct Arguments {
    /// The address of a running store; without it, one is started in this process.
    #[arg(long)]
    address: Option<String>,
    /// Where the started store keeps its data; a temporary folder without it.
    #[arg(long)]
    data_dir: Option<PathBuf>,
    /// How long each number of callers appends.
    #[arg(long, default_value_t = 3.0)]
    seconds: f64,
    /// How many callers append at once, one measurement each.
    #[arg(long, value_delimiter = ',', default_value = "1,16,64")]
    callers: Vec<usize>,
    /// The size of an event's data.
    #[arg(long, default_value_t = 450)]
    bytes: usize,
    /// How many events are written in large appends before reads are measured.
    #[arg(long, default_value_t = 100_000)]
    events: u64,
    /// Print JSON instead of a table.
    #[arg(long)]
    json: bool,
}

/// One row of the result.
#[derive(Debug, Serialize)]
struct Measurement {
    name: String,
    callers: usize,
    operations: u64,
    per_second: f64,
    p50_ms: Option<f64>,
    p99_ms: Option<f64>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let result = runtime
        .map_err(Failure::from)
        .and_then(|runtime| runtime.block_on(run(arguments)));
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("load: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Failure> {
    let (address, store) = match &arguments.address {
        Some(address) => (address.clone(), None),
        None => {
            let store = Started::new(arguments.data_dir.clone()).await?;
            (store.address.clone(), Some(store))
        }
    };
    let settings = format!("esdb://{address}?tls=false").parse()?;
    let client = Client::new(settings).map_err(|error| error.to_string())?;
    let results = measure(&client, &arguments).await?;
    drop(client);
    if let Some(store) = store {
        store.stop().await?;
    }
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&results)?);
    } else {
        table(&results);
    }
    Ok(())
}

async fn measure(client: &Client, arguments: &Arguments) -> Result<Vec<Measurement>, Failure> {
    // The first call of a client waits half a second before it connects: not measured.
    append(client, "warm-up", StreamState::Any, vec![event(arguments.bytes)]).await?;
    let mut results = Vec::new();
    for callers in &arguments.callers {
        results.push(appends(client, *callers, arguments).await?);
    }
    results.push(large_appends(client, arguments).await?);
    results.push(read_all(client).await?);
    results.push(catch_up(client).await?);
    results.push(live(client, arguments).await?);
    Ok(results)
}

/// Every caller appends one event after the other to a stream of its own, at the revision it
/// knows: what a command handler does.
async fn appends(client: &Client, callers: usize, arguments: &Arguments) -> Result<Measurement, Failure> {
    let begun = Instant::now();
    let until = begun + Duration::from_secs_f64(arguments.seconds);
    let bytes = arguments.bytes;
    let running: Vec<_> = (0..callers)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move {
                let stream = format!("load-{}", id());
                let mut expected = StreamState::NoStream;
                let mut took = Vec::new();
                while Instant::now() < until {
                    let sent = Instant::now();
                    let written = append(&client, &stream, expected, vec![event(bytes)]).await?;
                    took.push(sent.elapsed());
                    expected = StreamState::StreamRevision(written);
                }
                Ok::<_, Failure>(took)
            })
        })
        .collect();
    let mut took = Vec::new();
    for caller in running {
        took.extend(caller.await??);
    }
    let count = took.len() as u64;
    let name = "append, 1 event, durable";
    Ok(measurement(name, callers, count, begun.elapsed(), took))
}

async fn large_appends(client: &Client, arguments: &Arguments) -> Result<Measurement, Failure> {
    let begun = Instant::now();
    let mut took = Vec::new();
    let mut left = arguments.events;
    while left > 0 {
        let count = left.min(500);
        let events = (0..count).map(|_| event(arguments.bytes)).collect();
        let sent = Instant::now();
        append(client, &format!("bulk-{}", id()), StreamState::NoStream, events).await?;
        took.push(sent.elapsed());
        left -= count;
    }
    let name = "append, 500 events, events/s";
    Ok(measurement(name, 1, arguments.events, begun.elapsed(), took))
}

async fn read_all(client: &Client) -> Result<Measurement, Failure> {
    let begun = Instant::now();
    let mut read = client.read_all(&ReadAllOptions::default()).await?;
    let mut count = 0;
    while read.next().await?.is_some() {
        count += 1;
    }
    let name = "read $all, events/s";
    Ok(measurement(name, 1, count, begun.elapsed(), Vec::new()))
}

async fn catch_up(client: &Client) -> Result<Measurement, Failure> {
    let begun = Instant::now();
    let options = SubscribeToAllOptions::default().position(StreamPosition::Start);
    let mut all = client.subscribe_to_all(&options).await;
    let mut count = 0;
    loop {
        match all.next_subscription_event().await? {
            SubscriptionEvent::EventAppeared(_) => count += 1,
            SubscriptionEvent::CaughtUp(_) => break,
            _ => {}
        }
    }
    let name = "subscribe, catch-up, events/s";
    Ok(measurement(name, 1, count, begun.elapsed(), Vec::new()))
}

/// From the call of append until a live subscriber has the event.
async fn live(client: &Client, arguments: &Arguments) -> Result<Measurement, Failure> {
    let options = SubscribeToAllOptions::default().position(StreamPosition::End);
    let mut all = client.subscribe_to_all(&options).await;
    while !matches!(
        all.next_subscription_event().await?,
        SubscriptionEvent::CaughtUp(_)
    ) {}
    let stream = format!("live-{}", id());
    let begun = Instant::now();
    let mut took = Vec::new();
    while begun.elapsed().as_secs_f64() < arguments.seconds / 3.0 {
        let sent = Instant::now();
        let events = vec![event(arguments.bytes)];
        let (written, delivered) =
            tokio::join!(append(client, &stream, StreamState::Any, events), all.next());
        written?;
        delivered?;
        took.push(sent.elapsed());
    }
    let count = took.len() as u64;
    let name = "append until a subscriber has it";
    Ok(measurement(name, 1, count, begun.elapsed(), took))
}

async fn append(
    client: &Client,
    stream: &str,
    expected: StreamState,
    events: Vec<EventData>,
) -> Result<u64, Failure> {
    let options = AppendToStreamOptions::default().stream_state(expected);
    let written = client.append_to_stream(stream, &options, events).await?;
    Ok(written.next_expected_version)
}

fn event(bytes: usize) -> EventData {
    EventData::binary("loaded.v1", vec![b'x'; bytes].into()).id(id())
}

/// Time-ordered, as the services make them: the id index then grows at its end only.
fn id() -> Uuid {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let millis = since.map_or(0, |since| since.as_millis() as u64);
    let mut bytes = [0; 16];
    bytes[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
    bytes[8..].copy_from_slice(&COUNT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    Uuid::new_v8(bytes)
}

fn measurement(
    name: &str,
    callers: usize,
    operations: u64,
    elapsed: Duration,
    mut took: Vec<Duration>,
) -> Measurement {
    took.sort_unstable();
    let percentile = |percent: usize| {
        let index = (took.len() * percent / 100).min(took.len().saturating_sub(1));
        took.get(index).map(|took| took.as_secs_f64() * 1_000.0)
    };
    Measurement {
        name: name.to_owned(),
        callers,
        operations,
        per_second: operations as f64 / elapsed.as_secs_f64(),
        p50_ms: percentile(50),
        p99_ms: percentile(99),
    }
}

fn table(results: &[Measurement]) {
    println!(
        "{:<34} {:>7} {:>10} {:>10} {:>8} {:>8}",
        "what", "callers", "count", "per s", "p50 ms", "p99 ms"
    );
    let cell = |value: Option<f64>| value.map_or("-".to_owned(), |ms| format!("{ms:.2}"));
    for row in results {
        println!(
            "{:<34} {:>7} {:>10} {:>10.0} {:>8} {:>8}",
            row.name,
            row.callers,
            row.operations,
            row.per_second,
            cell(row.p50_ms),
            cell(row.p99_ms)
        );
    }
}

/// A store that this process started.
struct Started {
    address: String,
    stop: oneshot::Sender<()>,
    served: tokio::task::JoinHandle<Result<(), event_store::Error>>,
    _folder: Option<tempfile::TempDir>,
}

impl Started {
    async fn new(data_dir: Option<PathBuf>) -> Result<Self, Failure> {
        let folder = match data_dir {
            Some(_) => None,
            None => Some(tempfile::tempdir()?),
        };
        let data_dir = data_dir.or_else(|| folder.as_ref().map(|f| f.path().to_owned()));
        let config = Config {
            listen: ([127, 0, 0, 1], 0).into(),
            data_dir: data_dir.unwrap_or_default(),
            ..Config::default()
        };
        let store = EventStore::open(&config)?;
        let listener = store.bind().await?;
        let address = listener.local_addr()?.to_string();
        let (stop, stopped) = oneshot::channel();
        let served = tokio::spawn(store.serve_on(listener, async {
            let _ = stopped.await;
        }));
        Ok(Self {
            address,
            stop,
            served,
            _folder: folder,
        })
    }

    async fn stop(self) -> Result<(), Failure> {
        let _ = self.stop.send(());
        Ok(self.served.await??)
    }
}
