//! Hands one mail to the mail server, and tells whose fault it is if that fails.

use crate::config::{SmtpConfig, TlsMode};
use lettre::address::AddressError;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::{Error as SmtpError, PoolConfig};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::error::Error;
use std::time::Duration;
use uuid::Uuid;

const TIME_LIMIT: Duration = Duration::from_secs(20);
const LONGEST_PROVIDER_ID: usize = 200;
/// “Service not available, closing transmission channel”: about the server, though it is an answer.
const SERVICE_NOT_AVAILABLE: u16 = 421;

/// A connection pool to the mail server.
#[derive(Clone)]
pub(crate) struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// What goes out.
pub(crate) struct Mail<'a> {
    /// Names the mail: sent twice, it is recognised by its `Message-ID`.
    pub id: Uuid,
    pub to: &'a str,
    pub subject: &'a str,
    pub body: &'a str,
}

/// Why a mail did not go out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// This mail or its addressee is at fault.
    Refused { permanent: bool, reason: String },
    /// The server is out of reach or takes nothing from us: no mail is at fault.
    ServerAway(String),
}

impl Mailer {
    /// # Errors
    /// What is wrong with the settings.
    pub(crate) fn new(config: &SmtpConfig) -> Result<Self, String> {
        let from = config
            .from
            .parse()
            .map_err(|e: AddressError| format!("smtp.from: {e}"))?;
        let tls = || TlsParameters::new(config.host.clone()).map_err(|e| format!("smtp.host: {}", whole(&e)));
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&config.host)
            .port(config.port)
            .timeout(Some(TIME_LIMIT))
            .pool_config(PoolConfig::new().max_size(4));
        builder = match config.tls {
            TlsMode::None => builder.tls(Tls::None),
            TlsMode::StartTls => builder.tls(Tls::Required(tls()?)),
            TlsMode::Tls => builder.tls(Tls::Wrapper(tls()?)),
        };
        if let Some(user) = &config.user {
            let password = config.password.clone().unwrap_or_default();
            builder = builder.credentials(Credentials::new(user.clone(), password));
        }
        Ok(Self {
            transport: builder.build(),
            from,
        })
    }

    /// Returns what the server called the mail, once it has taken responsibility for it.
    ///
    /// # Errors
    /// Whose fault it is.
    pub(crate) async fn send(&self, mail: &Mail<'_>) -> Result<Option<String>, Failure> {
        let message = self.message(mail).map_err(|reason| Failure::Refused {
            permanent: true,
            reason,
        })?;
        match self.transport.send(message).await {
            Ok(response) => {
                let said = response.message().next().map(str::trim).unwrap_or_default();
                Ok((!said.is_empty()).then(|| said.chars().take(LONGEST_PROVIDER_ID).collect()))
            }
            Err(error) => Err(self.judge(&error).await),
        }
    }

    fn message(&self, mail: &Mail<'_>) -> Result<Message, String> {
        let to = mail
            .to
            .parse::<Mailbox>()
            .map_err(|_| "邮箱地址不正确".to_owned())?;
        let id = format!("<{}@{}>", mail.id, self.from.email.domain());
        Message::builder()
            .from(self.from.clone())
            .to(to)
            .message_id(Some(id))
            .subject(mail.subject)
            .header(AutoSubmitted)
            .header(ContentType::TEXT_PLAIN)
            .body(mail.body.to_owned())
            .map_err(|error| whole(&error))
    }

    /// A wrong password and a dead server look like a refused mail; asking the server for nothing tells them apart.
    async fn judge(&self, error: &SmtpError) -> Failure {
        let reason = whole(error);
        let of_the_server = error
            .status()
            .is_some_and(|code| u16::from(code) == SERVICE_NOT_AVAILABLE);
        if error.is_transient() && !of_the_server {
            let permanent = false;
            return Failure::Refused { permanent, reason };
        }
        match self.transport.test_connection().await {
            Ok(true) if !of_the_server => {
                let permanent = error.is_permanent();
                Failure::Refused { permanent, reason }
            }
            _ => Failure::ServerAway(reason),
        }
    }
}

/// With its causes.
fn whole(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let told = error.to_string();
        if !text.contains(&told) {
            text = format!("{text}: {told}");
        }
        cause = error.source();
    }
    text
}

/// RFC 3834: nobody's absence notice is to answer this.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }
    fn parse(_: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self)
    }
    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}
