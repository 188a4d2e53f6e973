//! Compiles the store protocol with protox, so that no protoc has to be installed.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let files = [
        "proto/event_store/client/gossip.proto",
        "proto/event_store/client/persistent_subscriptions.proto",
        "proto/event_store/client/server_features.proto",
        "proto/event_store/client/shared.proto",
        "proto/event_store/client/streams.proto",
    ];
    println!("cargo:rerun-if-changed=proto");
    let descriptors = protox::compile(files, ["proto"])?;
    tonic_prost_build::configure()
        .build_client(false)
        .bytes(".")
        .compile_fds(descriptors)?;
    Ok(())
}
