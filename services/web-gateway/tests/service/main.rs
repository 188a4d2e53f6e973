//! The edge as a whole: real Redis, real gRPC on loopback, services that only remember.

mod city;
mod console;
mod fake_directory;
mod fake_disposal;
mod fake_ledger;
mod fake_notification;
mod fakes;
mod forms;
mod ledger;
mod live;
mod map;
mod pages;
mod proof;
mod public;
mod redis_server;
mod remembering;
mod serving;
mod sms;
mod staff;
mod supervision;
mod uploads;
mod visitor;
