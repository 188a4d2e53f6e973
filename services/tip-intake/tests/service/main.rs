//! Tip intake as others see it, over gRPC on a real store.

mod answering;
mod conflict;
mod desk;
mod evidence;
mod receiving;
mod screening;
