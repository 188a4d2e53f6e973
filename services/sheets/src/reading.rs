//! Reading: whatever Excel or WPS saved becomes rows of trimmed texts.

use crate::SheetError;
use calamine::{Data, Reader, Xlsx};
use std::borrow::Cow;
use std::io::Cursor;

/// A city has some two thousand villages; nobody checks more rows than this in one go.
const MOST_ROWS: usize = 50_000;
/// XLSX is a ZIP archive.
const ZIP: &[u8] = b"PK\x03\x04";

/// A row with something in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// As the office program shows it, from 1.
    pub number: u32,
    pub cells: Vec<String>,
}

/// Reads the first sheet of an XLSX file, or a CSV file in UTF-8 or GBK with commas, semicolons or tabs. Empty rows are
/// left out.
///
/// # Errors
/// If the file is neither, is empty or is too long.
pub fn read(file: &[u8]) -> Result<Vec<Row>, SheetError> {
    let rows = if file.starts_with(ZIP) {
        read_xlsx(file)?
    } else {
        read_csv(file)?
    };
    if rows.len() > MOST_ROWS {
        return Err(SheetError::TooLong { most: MOST_ROWS });
    }
    let rows: Vec<Row> = rows
        .into_iter()
        .filter(|row| row.cells.iter().any(|cell| !cell.is_empty()))
        .collect();
    if rows.is_empty() {
        return Err(SheetError::Empty);
    }
    Ok(rows)
}

fn read_xlsx(file: &[u8]) -> Result<Vec<Row>, SheetError> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file)).map_err(|_| SheetError::BadXlsx)?;
    let sheet = book
        .worksheet_range_at(0)
        .ok_or(SheetError::Empty)?
        .map_err(|_| SheetError::BadXlsx)?;
    let first = sheet.start().map_or(0, |(row, _)| row);
    let rows = sheet.rows().zip(first + 1..);
    let rows = rows.map(|(cells, number)| Row {
        number,
        cells: cells.iter().map(text_of).collect(),
    });
    Ok(rows.collect())
}

/// Codes that somebody typed as numbers are codes all the same: 321322, not 321322.0.
fn text_of(cell: &Data) -> String {
    match cell {
        Data::Float(number) if number.fract() == 0.0 => format!("{number:.0}"),
        other => other.to_string().trim().to_owned(),
    }
}

fn read_csv(file: &[u8]) -> Result<Vec<Row>, SheetError> {
    let text = decode(file)?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&text))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    // The reader's own line numbers lag behind where lines end as Windows ends them.
    let (mut number, mut counted) = (1, 0);
    for record in reader.records() {
        let record = record.map_err(|error| SheetError::BadCsv {
            line: error.position().map_or(0, csv::Position::line),
        })?;
        let begin = record.position().map_or(0, csv::Position::byte);
        let begin = usize::try_from(begin).unwrap_or(counted);
        let rest = &text.as_bytes()[begin..];
        let begin = begin
            + rest
                .iter()
                .take_while(|byte| matches!(byte, b'\r' | b'\n'))
                .count();
        number += text.as_bytes()[counted..begin]
            .iter()
            .filter(|&&byte| byte == b'\n')
            .count();
        counted = begin;
        rows.push(Row {
            number: u32::try_from(number).unwrap_or(u32::MAX),
            cells: record.iter().map(str::to_owned).collect(),
        });
    }
    Ok(rows)
}

/// Excel on a Chinese desktop saves CSV as GBK unless asked otherwise.
fn decode(file: &[u8]) -> Result<Cow<'_, str>, SheetError> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(file) {
        let (text, failed) = encoding.decode_without_bom_handling(&file[mark..]);
        return if failed {
            Err(SheetError::BadEncoding)
        } else {
            Ok(text)
        };
    }
    if let Ok(text) = std::str::from_utf8(file) {
        return Ok(Cow::Borrowed(text));
    }
    let (text, failed) = encoding_rs::GBK.decode_without_bom_handling(file);
    if failed {
        Err(SheetError::BadEncoding)
    } else {
        Ok(text)
    }
}

/// The separator that the first line has most of.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |separator: &u8| first.bytes().filter(|byte| byte == separator).count();
    // Of equals the last is taken; a line without any has commas.
    *[b'\t', b';', b',']
        .iter()
        .max_by_key(|separator| count(separator))
        .unwrap_or(&b',')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cell, Format, Table, write};

    fn cells(file: &[u8]) -> Vec<(u32, Vec<String>)> {
        let rows = read(file).expect("a table");
        rows.into_iter().map(|row| (row.number, row.cells)).collect()
    }
    fn row(number: u32, cells: &[&str]) -> (u32, Vec<String>) {
        (number, cells.iter().map(|&cell| cell.to_owned()).collect())
    }

    #[test]
    fn commas_semicolons_and_tabs_separate_and_rows_keep_their_numbers() {
        let expected = [row(1, &["代码", "名称"]), row(3, &["321322", "沭阳县"])];
        for file in [
            "代码,名称\n,\n321322, 沭阳县 \n",
            "代码;名称\n;\n321322;沭阳县",
            "代码\t名称\r\n\t\r\n321322\t沭阳县",
        ] {
            assert_eq!(cells(file.as_bytes()), expected, "{file}");
        }
    }
    #[test]
    fn what_excel_saves_on_a_chinese_desktop_is_read() {
        let (gbk, _, _) = encoding_rs::GBK.encode("名称\n沭阳县");
        assert_eq!(cells(&gbk), [row(1, &["名称"]), row(2, &["沭阳县"])]);
        let marked = [b"\xEF\xBB\xBF", "名称\n沭阳县".as_bytes()].concat();
        assert_eq!(cells(&marked)[0], row(1, &["名称"]));
        assert!(matches!(read(b"\xff\xff\xff"), Err(SheetError::BadEncoding)));
    }
    #[test]
    fn quoted_cells_hold_separators_and_line_breaks() {
        assert_eq!(cells(b"a,\"b,\nc\"\n"), [row(1, &["a", "b,\nc"])]);
    }
    #[test]
    fn numbers_of_a_spreadsheet_are_codes() {
        let table = Table {
            header: vec!["代码".into()],
            rows: vec![vec![Cell::Number(321_322.0)], vec![Cell::Number(0.5)]],
            ..Table::default()
        };
        let file = write(&table, Format::Xlsx).expect("a file");
        let read: Vec<_> = cells(&file)
            .into_iter()
            .map(|(_, cells)| cells[0].clone())
            .collect();
        assert_eq!(read, ["代码", "321322", "0.5"]);
    }
    #[test]
    fn what_is_no_table_is_refused() {
        assert!(matches!(read(b""), Err(SheetError::Empty)));
        assert!(matches!(read(b" ,\n,"), Err(SheetError::Empty)));
        assert!(matches!(
            read(b"PK\x03\x04nothing of the kind"),
            Err(SheetError::BadXlsx)
        ));
        let long = "x\n".repeat(MOST_ROWS + 1);
        assert!(matches!(read(long.as_bytes()), Err(SheetError::TooLong { .. })));
    }
}
