//! Measures audit and replay over a long history: `histories FOLDER` serves the store in that folder (see the simulation's `fill`) and
//! asks as an inspector does.

use event_store::EventStore;
use jurisdiction::sample::acting;
use jurisdiction::{Actor, Role};
use mingcha_proto::audit::audit_client::AuditClient;
use mingcha_proto::audit::{
    FoundFact, GetCaseSightRequest, GetVerificationProgressRequest, PrintDossierRequest, ReplayCaseRequest,
    ReplayThreadRequest, SearchFactsRequest, VerifyChainRequest,
};
use platform::{
    Calls, CommonConfig, Context, IdentityMint, LARGEST_MESSAGE, connect_within, generate_keys, wait_for_port,
};
use serde_json::{Value, json};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;
use tonic::transport::Channel;
use tonic::{Code, Request};

/// The discipline inspection of the city.
const INSPECTION: &str = "321300-JW";
const COUNTY: &str = "321322";
/// Each is asked so often; the slowest counts as the 99th percentile.
const ASKED: usize = 20;
/// What the verification says of a site that was checked without having been drawn.
const UNDRAWN: &str = "draws_as_announced";
/// Longer than any of it takes.
const LIMIT: Duration = Duration::from_secs(3600);

#[tokio::main]
async fn main() {
    let folder = std::env::args().nth(1).map(PathBuf::from).expect("a folder");
    let keys = tempfile::tempdir().expect("a folder for the keys");
    let stop = CancellationToken::new();
    let (config, served) = store(&folder, keys.path(), &stop).await;
    let calls = Calls {
        mint: IdentityMint::load(&config.identity).expect("a key"),
    };
    let context = Context::connect(&config, stop.clone()).await.expect("a context");
    let facts = context.store.head().await.expect("a store");
    // Free again at once: nobody else may listen there by the time the service does.
    let listen = TcpListener::bind(("127.0.0.1", 0)).and_then(|free| free.local_addr());
    let listen = listen.expect("a port");
    let begun = Instant::now();
    tokio::spawn(audit_replay::serve(audit_replay::Config { listen }, context));
    assert!(wait_for_port(listen, LIMIT).await, "nobody listens at {listen}");
    let channel = connect_within(&format!("http://{listen}"), LIMIT).expect("an address");
    let mut inspector = Inspector {
        client: AuditClient::new(channel).max_decoding_message_size(LARGEST_MESSAGE),
        calls,
        actor: acting(Role::Inspector, INSPECTION),
    };
    let mut rows = vec![inspector.indexed(facts, begun).await];
    rows.push(inspector.verified(facts).await);
    rows.extend(inspector.cases(facts).await);
    rows.extend(inspector.searches(facts).await);
    println!("{}", serde_json::to_string(&rows).expect("JSON"));
    stop.cancel();
    served.await.expect("no panic").expect("a clean end");
}

type Served = tokio::task::JoinHandle<Result<(), event_store::Error>>;

/// The store of the folder on a free port, and what a service needs to know of it.
async fn store(folder: &Path, keys: &Path, stop: &CancellationToken) -> (CommonConfig, Served) {
    let settings = event_store::Config {
        listen: ([127, 0, 0, 1], 0).into(),
        data_dir: folder.to_owned(),
        ..event_store::Config::default()
    };
    let opened = EventStore::open(&settings).expect("a store");
    let listener = opened.bind().await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let served = tokio::spawn(opened.serve_on(listener, stop.clone().cancelled_owned()));
    let mut config = CommonConfig::default();
    config.store.url = format!("kurrentdb://{address}?tls=false");
    // Nothing here reacts, so nothing has to listen there.
    config.nats.url = "nats://127.0.0.1:1".to_owned();
    config.clock.simulated = true;
    config.identity.signing_key_file = keys.join("identity.pem");
    config.identity.verifying_key_file = keys.join("identity.pub.pem");
    generate_keys(&config.identity).expect("keys");
    (config, served)
}

struct Inspector {
    client: AuditClient<Channel>,
    calls: Calls,
    actor: Actor,
}

impl Inspector {
    fn asks<T>(&self, message: T) -> Request<T> {
        self.calls.request(&self.actor, None, message)
    }

    /// From the start of the service until it answers: the index of all facts has been built.
    async fn indexed(&mut self, facts: u64, begun: Instant) -> Value {
        loop {
            let asked = self.asks(SearchFactsRequest::default());
            match self.client.search_facts(asked).await {
                Ok(_) => return whole("audit: index from nothing", facts, begun),
                Err(status) if status.code() == Code::Unavailable => {
                    eprint!("\raudit: index, {} s", begun.elapsed().as_secs());
                }
                Err(status) => panic!("{status}"),
            }
        }
    }

    /// Every hash, every id, every invariant.
    async fn verified(&mut self, facts: u64) -> Value {
        let begun = Instant::now();
        let mut watching = self.client.clone();
        let (calls, actor) = (self.calls.clone(), self.actor.clone());
        let watch = tokio::spawn(async move {
            loop {
                tokio::time::sleep(Duration::from_secs(2)).await;
                let asked = calls.request(&actor, None, GetVerificationProgressRequest {});
                let progress = watching.get_verification_progress(asked).await;
                for running in progress
                    .map(|told| told.into_inner().under_way)
                    .unwrap_or_default()
                {
                    eprint!(
                        "\raudit: verified {} of {}",
                        running.events, running.last_position
                    );
                }
            }
        });
        let asked = self.asks(VerifyChainRequest::default());
        let verdict = self
            .client
            .verify_chain(asked)
            .await
            .expect("a verdict")
            .into_inner();
        watch.abort();
        eprintln!();
        // The copies of a site were in no lot: that draws are not copied is the one thing in which they are unlike a real history.
        let told = verdict.findings.iter().filter(|finding| !finding.pending);
        let others: Vec<_> = told.filter(|finding| finding.code != UNDRAWN).collect();
        for finding in others.iter().take(20) {
            eprintln!(
                "{} {}@{} {}",
                finding.code, finding.stream, finding.revision, finding.says
            );
        }
        assert!(others.is_empty(), "{} findings", others.len());
        assert!(verdict.events >= facts, "{} of {facts} facts", verdict.events);
        whole("audit: everything verified", facts, begun)
    }

    /// The first of a kind, from there on.
    async fn found(&mut self, kind: &str, after: u64, limit: u32) -> Vec<FoundFact> {
        let asked = SearchFactsRequest {
            kind: Some(kind.to_owned()),
            after: Some(after),
            limit: Some(limit),
            ..SearchFactsRequest::default()
        };
        let found = self.client.search_facts(self.asks(asked)).await.expect("facts");
        found.into_inner().facts
    }

    /// One case among all of them, and one that went all the way up the ladder.
    async fn cases(&mut self, facts: u64) -> Vec<Value> {
        let mut rows = Vec::new();
        for (kind, which) in [
            ("case.closed", "a closed case"),
            (
                "accountability.referred_to_discipline",
                "a case that was referred",
            ),
        ] {
            let found = self.found(kind, facts / 2, 200).await;
            let of_cases = found.iter().filter_map(|fact| fact.stream.split_once('-'));
            let ids: Vec<String> = of_cases.map(|(_, id)| id.to_owned()).collect();
            let mut cases = Vec::new();
            for case_id in ids {
                // A tip or a unit is referred as well.
                let asked = self.asks(ReplayCaseRequest {
                    case_id: case_id.clone(),
                    at: None,
                });
                if cases.len() < ASKED && self.client.replay_case(asked).await.is_ok() {
                    cases.push(case_id);
                }
            }
            assert!(!cases.is_empty(), "no {which}");
            let mut took = Took::default();
            for case_id in cases.iter().cloned() {
                let asked = self.asks(ReplayCaseRequest { case_id, at: None });
                let answer = took.of(self.client.replay_case(asked)).await.expect("a replay");
                took.facts += answer.into_inner().events.len();
            }
            rows.push(took.row(&format!("audit: replay of {which}")));
            let mut took = Took::default();
            for case_id in cases.iter().cloned() {
                let asked = self.asks(PrintDossierRequest { case_id, at: None });
                took.of(self.client.print_dossier(asked))
                    .await
                    .expect("a dossier");
            }
            rows.push(took.row(&format!("audit: dossier of {which}")));
            let mut took = Took::default();
            for case_id in cases {
                let asked = self.asks(GetCaseSightRequest { case_id, at: None });
                took.of(self.client.get_case_sight(asked))
                    .await
                    .expect("who could see it");
            }
            rows.push(took.row(&format!("audit: who could see {which}")));
        }
        let mut took = Took::default();
        for _ in 0..ASKED {
            let asked = self.asks(ReplayThreadRequest {
                subject: format!("unit-{COUNTY}"),
                at: None,
            });
            let answer = took.of(self.client.replay_thread(asked)).await.expect("a thread");
            took.facts += answer.into_inner().events.len();
        }
        rows.push(took.row("audit: replay of a county's thread"));
        rows
    }

    async fn searches(&mut self, facts: u64) -> Vec<Value> {
        let assigned = self.found("case.assigned", facts / 2, 1).await;
        let assigned = assigned.first().expect("somebody assigns");
        let person = assigned.actor.as_ref().and_then(|actor| actor.account.clone());
        let person = person.expect("an account");
        let day = assigned.at.get(..10).expect("a day").to_owned();
        let asked = SearchFactsRequest {
            limit: Some(200),
            ..SearchFactsRequest::default()
        };
        let by_person = SearchFactsRequest {
            person: Some(person),
            ..asked.clone()
        };
        let by_unit = SearchFactsRequest {
            unit: Some(COUNTY.to_owned()),
            ..asked.clone()
        };
        let by_time = SearchFactsRequest {
            from: Some(format!("{day}T00:00:00Z")),
            until: Some(format!("{day}T23:59:59Z")),
            ..asked.clone()
        };
        let nobody = SearchFactsRequest {
            person: Some("admin".to_owned()),
            kind: Some("case".to_owned()),
            ..asked
        };
        let mut rows = Vec::new();
        for (name, asked) in [
            ("by a person", by_person.clone()),
            (
                "by or about a person",
                SearchFactsRequest {
                    named: true,
                    ..by_person
                },
            ),
            ("by a county and below", by_unit.clone()),
            (
                "about a county and below",
                SearchFactsRequest {
                    named: true,
                    ..by_unit
                },
            ),
            ("of a day", by_time),
            ("that nothing fits", nobody),
        ] {
            let mut took = Took::default();
            for _ in 0..ASKED {
                let found = self.client.search_facts(self.asks(asked.clone()));
                took.facts += took.of(found).await.expect("facts").into_inner().facts.len();
            }
            assert_eq!(took.facts == 0, name == "that nothing fits", "{name}");
            rows.push(took.row(&format!("audit: facts {name}")));
        }
        rows
    }
}

/// Something done with every fact once.
fn whole(name: &str, facts: u64, begun: Instant) -> Value {
    let seconds = begun.elapsed().as_secs_f64();
    eprintln!("\r{name}: {facts} facts in {seconds:.1} s");
    json!({
        "name": format!("{name}, {facts} facts"),
        "callers": 1,
        "seconds": seconds,
        "per_second": facts as f64 / seconds,
    })
}

/// How long each asking took, and how many facts were shown.
#[derive(Default)]
struct Took {
    times: Vec<Duration>,
    facts: usize,
}

impl Took {
    async fn of<T>(&mut self, asking: impl Future<Output = T>) -> T {
        let begun = Instant::now();
        let answer = asking.await;
        self.times.push(begun.elapsed());
        answer
    }

    fn row(mut self, name: &str) -> Value {
        self.times.sort_unstable();
        let name = match self.facts {
            0 => name.to_owned(),
            facts => format!("{name}, {} facts", facts / self.times.len()),
        };
        let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
        json!({
            "name": name,
            "callers": 1,
            "per_second": self.times.len() as f64 / self.times.iter().sum::<Duration>().as_secs_f64(),
            "p50_ms": milliseconds(self.times[self.times.len() / 2]),
            "p99_ms": milliseconds(self.times[self.times.len() - 1]),
        })
    }
}
