//! Tables as office workers keep them: read from CSV or XLSX, written in the layout of a 台账.

mod reading;
mod writing;

pub use reading::{Row, read};
pub use writing::{write, write_book};

/// How a table is kept in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// UTF-8 with a mark at its beginning, so that Excel shows Chinese.
    Csv,
    Xlsx,
}

impl Format {
    /// By the name it has in requests and in file names.
    pub fn of(name: &str) -> Option<Self> {
        match name {
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Text(String),
    Number(f64),
    Empty,
}

/// As it is written into a file that knows only text.
impl std::fmt::Display for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => number.fmt(f),
            Self::Empty => Ok(()),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}
impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text)
        }
    }
}
impl From<Option<String>> for Cell {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::Empty, Self::from)
    }
}
impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

/// A table to be written.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Stands above everything else.
    pub title: String,
    /// One line each beneath the title: what was asked for, as of when.
    pub notes: Vec<String>,
    pub header: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

/// Why a file is no table, or a table no file.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    #[error("文件是空的。")]
    Empty,
    #[error("文件最多 {most} 行，请分成几个文件。")]
    TooLong { most: usize },
    #[error("不是可以读的 CSV 文件：第 {line} 行有问题。")]
    BadCsv { line: u64 },
    #[error("不是可以读的 XLSX 文件，请用 Excel 或 WPS 另存为 .xlsx 后再试。")]
    BadXlsx,
    #[error("文字编码不对，应为 UTF-8 或 GBK。")]
    BadEncoding,
    #[error("表格写不出来：{0}")]
    Unwritable(String),
}
