//! The parts beside the services: nats-server, redis-server, mail catcher. Their data stays in the city's folder.

use crate::ports::Ports;
use crate::process::Recipe;
use crate::programs::tool;
use std::fs;
use std::path::Path;

/// Names by which parts are started and stopped.
pub(crate) const PARTS: [&str; 3] = ["nats", "redis", "mail"];

/// How to start a part.
pub(crate) fn recipe(name: &str, ports: &Ports, folder: &Path) -> Recipe {
    let own = folder.join("data").join(name);
    fs::create_dir_all(&own).expect("a folder for the part");
    let (program, arguments) = match name {
        "nats" => ("nats-server", nats(ports.of(name), &own)),
        "redis" => ("redis-server", redis(ports.of(name), &own)),
        "mail" => ("mail-catcher", mail(ports.of(name), &own)),
        other => panic!("there is no part {other}"),
    };
    Recipe {
        program: tool(program),
        arguments,
        folder: folder.to_owned(),
        log: folder.join("log").join(format!("{name}.log")),
    }
}

/// A single node must sync always: acknowledged messages are otherwise lost on a power cut.
fn nats(port: u16, folder: &Path) -> Vec<String> {
    let file = folder.join("nats-server.conf");
    let store = folder.join("store");
    let text = format!(
        "listen: \"127.0.0.1:{port}\"\nserver_name: mingcha-e2e\nmax_payload: 4MB\n\
         jetstream {{\n  store_dir: \"{}\"\n  sync_interval: always\n}}\n",
        store.display()
    );
    fs::write(&file, text).expect("the configuration of nats-server");
    vec!["-c".to_owned(), file.display().to_string()]
}

/// With a dump at the end, uncompressed, so that what it would betray can be found.
fn redis(port: u16, folder: &Path) -> Vec<String> {
    let pairs = [
        ("--bind", "127.0.0.1".to_owned()),
        ("--port", port.to_string()),
        ("--dir", folder.display().to_string()),
        ("--appendonly", "no".to_owned()),
        ("--save", "3600 1".to_owned()),
        ("--rdbcompression", "no".to_owned()),
    ];
    pairs
        .into_iter()
        .flat_map(|(name, value)| [name.to_owned(), value])
        .collect()
}

fn mail(port: u16, folder: &Path) -> Vec<String> {
    let folder = folder.display().to_string();
    ["--dir", &folder, "--port", &port.to_string()]
        .map(str::to_owned)
        .to_vec()
}
