//! The short-lived signed identity that the edge passes to services; a service refuses a call without one.

use crate::{IdentityConfig, PlatformRefusal, refuse};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use jurisdiction::{Actor, CommandId};
use pem::Pem;
use serde::{Deserialize, Serialize};
use std::{fs, io, path::Path, sync::Arc};
use tonic::{Request, Status};
use uuid::Uuid;

/// An identity is good for one call and its retries.
const LIFETIME_SECONDS: i64 = 120;
/// DER of `SubjectPublicKeyInfo` for Ed25519 (RFC 8410) up to the 32 bytes of the key.
const ED25519_PUBLIC_KEY_PREFIX: &[u8] = &[
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
];
const ISSUER: &str = "mingcha";
pub(crate) const COMMAND_ID_HEADER: &str = "mingcha-command-id";

/// What the edge vouches for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Identity {
    pub actor: Actor,
    iss: String,
    exp: i64,
}

/// Who calls, and the id of what is asked.
#[derive(Clone, Debug)]
pub struct Caller {
    pub actor: Actor,
    pub command_id: CommandId,
    pub traceparent: Option<String>,
}

impl Caller {
    /// The caller that the interceptor found.
    ///
    /// # Errors
    /// If the service was built without the interceptor.
    pub fn of<T>(request: &Request<T>) -> Result<Self, Status> {
        request
            .extensions()
            .get::<Self>()
            .cloned()
            .ok_or_else(|| refuse(PlatformRefusal::NoIdentity))
    }
}

/// Signs identities; at the edge only.
#[derive(Clone)]
pub struct IdentityMint {
    key: Arc<EncodingKey>,
}

impl IdentityMint {
    /// # Errors
    /// If the key file cannot be read or holds no Ed25519 key.
    pub fn load(config: &IdentityConfig) -> io::Result<Self> {
        let pem = read(&config.signing_key_file)?;
        let key = EncodingKey::from_ed_pem(&pem).map_err(io::Error::other)?;
        Ok(Self { key: Arc::new(key) })
    }
    /// A token for one call.
    pub fn token(&self, actor: &Actor) -> String {
        let exp = Timestamp::now().as_second() + LIFETIME_SECONDS;
        let identity = Identity {
            actor: actor.clone(),
            iss: ISSUER.to_owned(),
            exp,
        };
        jsonwebtoken::encode(&Header::new(Algorithm::EdDSA), &identity, &self.key).unwrap_or_default()
    }
}

/// Checks identities; in every service.
#[derive(Clone)]
pub struct IdentityVerifier {
    key: Arc<DecodingKey>,
}

impl IdentityVerifier {
    /// # Errors
    /// If the key file cannot be read or holds no Ed25519 public key.
    pub fn load(config: &IdentityConfig) -> io::Result<Self> {
        let pem = read(&config.verifying_key_file)?;
        let key = DecodingKey::from_ed_pem(&pem).map_err(io::Error::other)?;
        Ok(Self { key: Arc::new(key) })
    }

    /// The interceptor's work: token and command id of a request become its [`Caller`].
    ///
    /// # Errors
    /// `Unauthenticated` without a valid identity.
    pub fn admit(&self, mut request: Request<()>) -> Result<Request<()>, Status> {
        let text = |name: &str| request.metadata().get(name).and_then(|value| value.to_str().ok());
        let token = text("authorization").and_then(|value| value.strip_prefix("Bearer "));
        let identity = token.and_then(|token| self.verify(token));
        let identity = identity.ok_or_else(|| {
            let mut status = refuse(PlatformRefusal::NoIdentity);
            status = Status::with_details(
                tonic::Code::Unauthenticated,
                status.message(),
                status.details().to_vec().into(),
            );
            status
        })?;
        let command_id = match text(COMMAND_ID_HEADER) {
            Some(id) => Uuid::parse_str(id).map_err(|_| refuse(PlatformRefusal::BadIdentifier))?,
            None => random_uuid(),
        };
        let traceparent = text("traceparent").map(str::to_owned);
        let caller = Caller {
            actor: identity.actor,
            command_id: CommandId(command_id),
            traceparent,
        };
        request.extensions_mut().insert(caller);
        Ok(request)
    }

    fn verify(&self, token: &str) -> Option<Identity> {
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_issuer(&[ISSUER]);
        validation.set_required_spec_claims(&["exp", "iss"]);
        jsonwebtoken::decode(token, &self.key, &validation)
            .ok()
            .map(|data| data.claims)
    }
}

/// Writes a fresh key pair for identities unless both files exist; the private half readable by the owner only.
///
/// # Errors
/// If the files cannot be written.
pub fn generate_keys(config: &IdentityConfig) -> io::Result<()> {
    if config.signing_key_file.exists() && config.verifying_key_file.exists() {
        return Ok(());
    }
    let private = Ed25519KeyPair::generate_pkcs8v1(&SystemRandom::new()).map_err(io::Error::other)?;
    let pair = Ed25519KeyPair::from_pkcs8(private.as_ref()).map_err(io::Error::other)?;
    let public = [ED25519_PUBLIC_KEY_PREFIX, pair.public_key().as_ref()].concat();
    let private = pem::encode(&Pem::new("PRIVATE KEY", private.as_ref()));
    let public = pem::encode(&Pem::new("PUBLIC KEY", public));
    for (file, text, mode) in [
        (&config.signing_key_file, private, 0o600),
        (&config.verifying_key_file, public, 0o644),
    ] {
        write_file(file, &text, mode)?;
    }
    Ok(())
}

fn write_file(file: &Path, text: &str, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = fs::OpenOptions::new();
    let mut file = options
        .write(true)
        .create(true)
        .truncate(true)
        .mode(mode)
        .open(file)?;
    io::Write::write_all(&mut file, text.as_bytes())?;
    file.sync_all()
}

fn read(file: &Path) -> io::Result<Vec<u8>> {
    fs::read(file).map_err(|error| {
        let hint = "run `mingcha keys generate` once";
        io::Error::new(
            error.kind(),
            format!("identity key {}: {error}; {hint}", file.display()),
        )
    })
}

/// A random (version 4) UUID; the workspace's `uuid` has no randomness of its own, for the sake of the domains.
pub(crate) fn random_uuid() -> Uuid {
    let mut bytes = [0u8; 16];
    // Without randomness there is no security left to preserve; the operating system never fails here once booted.
    getrandom::fill(&mut bytes).expect("randomness from the operating system");
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

#[cfg(test)]
mod tests;
