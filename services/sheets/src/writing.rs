//! Writing: title, notes, header and rows, ready to be printed on A4.

use crate::{Cell, Format, SheetError, Table};
use rust_xlsxwriter::{Format as Style, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

/// Wider columns do not fit on paper; longer texts are wrapped.
const WIDEST: usize = 48;
const LIGHTLY: u8 = 2;

/// The table as a file.
///
/// # Errors
/// If it has more rows or longer texts than the format holds.
pub fn write(table: &Table, format: Format) -> Result<Vec<u8>, SheetError> {
    match format {
        Format::Csv => write_csv(table),
        Format::Xlsx => write_xlsx(table).map_err(|error| SheetError::Unwritable(error.to_string())),
    }
}

/// Several tables as the sheets of one XLSX file, each under its name.
///
/// # Errors
/// If a table has more rows or longer texts than the format holds, or two have one name.
pub fn write_book(tables: &[(&str, Table)]) -> Result<Vec<u8>, SheetError> {
    let write = || {
        let mut book = workbook();
        for (name, table) in tables {
            let sheet = book.add_worksheet();
            sheet.set_name(*name)?;
            fill(sheet, table)?;
        }
        book.save_to_buffer()
    };
    write().map_err(|error: XlsxError| SheetError::Unwritable(error.to_string()))
}

/// Header and rows only: what stands above them would be taken for data.
fn write_csv(table: &Table) -> Result<Vec<u8>, SheetError> {
    let failed = |error: csv::Error| SheetError::Unwritable(error.to_string());
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(b"\xEF\xBB\xBF".to_vec());
    writer.write_record(&table.header).map_err(failed)?;
    for row in &table.rows {
        writer.write_record(row.iter().map(csv_text)).map_err(failed)?;
    }
    writer
        .into_inner()
        .map_err(|error| SheetError::Unwritable(error.to_string()))
}

/// A text that a spreadsheet would run as a formula is marked as a text: citizens write some of what stands here.
fn csv_text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
        cell => cell.to_string(),
    }
}

/// Packed as lightly as a file may be: somebody waits for it, and nobody for the last tenth of its size.
fn workbook() -> Workbook {
    let mut book = Workbook::new();
    book.set_zip_compression_level(LIGHTLY);
    book
}

fn write_xlsx(table: &Table) -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook();
    fill(book.add_worksheet(), table)?;
    book.save_to_buffer()
}

fn fill(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let last_column = u16::try_from(table.header.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let mut line = 0;
    if !table.title.is_empty() {
        let style = Style::new()
            .set_bold()
            .set_font_size(16)
            .set_align(FormatAlign::Center);
        across(sheet, line, last_column, &table.title, &style)?;
        line += 1;
    }
    for note in &table.notes {
        across(
            sheet,
            line,
            last_column,
            note,
            &Style::new().set_align(FormatAlign::Left),
        )?;
        line += 1;
    }
    let bordered = Style::new()
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap();
    let heading = bordered
        .clone()
        .set_bold()
        .set_align(FormatAlign::Center)
        .set_background_color("#D9E2F3");
    for (column, name) in (0..).zip(&table.header) {
        sheet.write_string_with_format(line, column, name, &heading)?;
        sheet.set_column_width(column, width(table, usize::from(column)))?;
    }
    let header_line = line;
    for (line, row) in (header_line + 1..).zip(&table.rows) {
        for (column, cell) in (0..).zip(row) {
            match cell {
                Cell::Text(text) => sheet.write_string_with_format(line, column, text, &bordered)?,
                Cell::Number(number) => sheet.write_number_with_format(line, column, *number, &bordered)?,
                Cell::Empty => sheet.write_blank(line, column, &bordered)?,
            };
        }
    }
    sheet.set_freeze_panes(header_line + 1, 0)?;
    sheet.set_repeat_rows(header_line, header_line)?;
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0);
    sheet.set_footer("&C第 &P 页，共 &N 页");
    Ok(())
}

/// One text over the whole width.
fn across(sheet: &mut Worksheet, line: u32, last: u16, text: &str, style: &Style) -> Result<(), XlsxError> {
    if last == 0 {
        sheet.write_string_with_format(line, 0, text, style)?;
    } else {
        sheet.merge_range(line, 0, line, last, text, style)?;
    }
    Ok(())
}

/// As wide as the longest text of a column; a Chinese character is two wide.
fn width(table: &Table, column: usize) -> f64 {
    let texts = table.rows.iter().filter_map(|row| match row.get(column) {
        Some(Cell::Text(text)) => Some(text.as_str()),
        _ => None,
    });
    let longest = texts
        .chain([table.header[column].as_str()])
        .map(|text| {
            text.chars()
                .map(|c| if c.is_ascii() { 1 } else { 2 })
                .sum::<usize>()
        })
        .max();
    let longest = u32::try_from(longest.unwrap_or(0).clamp(8, WIDEST)).unwrap_or(8);
    f64::from(longest) + 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;

    fn table() -> Table {
        Table {
            title: "案件清单台账".into(),
            notes: vec!["范围：沭阳县".into()],
            header: vec!["编号".into(), "地点".into(), "措施数".into()],
            rows: vec![
                vec!["1".into(), "胡集镇老砖瓦厂".into(), 4u32.into()],
                vec!["2".into(), Cell::Empty, Cell::Empty],
            ],
        }
    }

    #[test]
    fn what_is_written_as_a_spreadsheet_can_be_read_again() {
        let file = write(&table(), Format::Xlsx).expect("a file");
        let rows = read(&file).expect("a table");
        let texts: Vec<Vec<&str>> = rows
            .iter()
            .map(|row| row.cells.iter().map(String::as_str).collect())
            .collect();
        assert_eq!(texts[0][0], "案件清单台账");
        assert_eq!(texts[1][0], "范围：沭阳县");
        assert_eq!(texts[2], ["编号", "地点", "措施数"]);
        assert_eq!(texts[3], ["1", "胡集镇老砖瓦厂", "4"]);
        assert_eq!(texts[4], ["2", "", ""]);
    }
    #[test]
    fn csv_begins_with_its_header_and_shows_chinese_in_excel() {
        let file = write(&table(), Format::Csv).expect("a file");
        assert!(file.starts_with(b"\xEF\xBB\xBF"));
        let text = String::from_utf8(file).expect("UTF-8");
        assert_eq!(text, "\u{FEFF}编号,地点,措施数\r\n1,胡集镇老砖瓦厂,4\r\n2,,\r\n");
    }
    #[test]
    fn nothing_that_somebody_wrote_is_run_as_a_formula() {
        let evil = Table {
            header: vec!["说明".into()],
            rows: vec![
                vec!["=HYPERLINK(\"http://example.invalid\")".into()],
                vec!["-1+1".into()],
            ],
            ..Table::default()
        };
        let text = String::from_utf8(write(&evil, Format::Csv).expect("a file")).expect("UTF-8");
        assert!(text.contains("'=HYPERLINK") && text.contains("'-1+1"), "{text}");
        let rows = read(&write(&evil, Format::Xlsx).expect("a file")).expect("a table");
        assert!(
            rows[1].cells[0].starts_with("=HYPERLINK"),
            "kept as a text: {rows:?}"
        );
    }
    #[test]
    fn a_book_has_a_sheet_for_each_table() {
        let other = Table {
            title: "按期销号率排名".into(),
            header: vec!["单位".into()],
            ..Table::default()
        };
        let file = write_book(&[("周报", table()), ("排名", other)]).expect("a file");
        let mut book: calamine::Xlsx<_> =
            calamine::Reader::new(std::io::Cursor::new(file)).expect("a workbook");
        assert_eq!(calamine::Reader::sheet_names(&book), ["周报", "排名"]);
        let sheet = calamine::Reader::worksheet_range(&mut book, "排名").expect("a sheet");
        assert_eq!(
            sheet.get_value((1, 0)).map(ToString::to_string).as_deref(),
            Some("单位")
        );
        let twice = [("周报", table()), ("周报", table())];
        assert!(matches!(write_book(&twice), Err(SheetError::Unwritable(_))));
    }
    #[test]
    fn a_table_without_rows_is_a_file_all_the_same() {
        let empty = Table {
            header: vec!["编号".into()],
            ..Table::default()
        };
        assert_eq!(
            read(&write(&empty, Format::Xlsx).expect("a file"))
                .expect("a table")
                .len(),
            1
        );
    }
}
