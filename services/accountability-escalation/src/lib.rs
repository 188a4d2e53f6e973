//! stub
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Config {
    pub smtp: Smtp,
}
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Smtp {
    pub host: String,
    pub port: u16,
}
pub async fn serve(_: Config, context: platform::Context) -> Result<(), platform::ServeError> {
    context.shutdown.cancelled().await;
    Ok(())
}
