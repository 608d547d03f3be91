//! The sheet with the charts: each beside the values that it is drawn from.

use super::styles::{Styles, pattern};
use super::table::{at_column, at_row, scaled, shortened};
use crate::chart::{Chart, Drawing, Plot};
use crate::{Language, Report, ReportError};
use rust_xlsxwriter::{Chart as ExcelChart, ChartEmptyCells, ChartType, Worksheet};

/// How many rows of the sheet a chart is high, with the gap below it.
const CHART_ROWS: usize = 20;
const WIDTH_PX: u32 = 860;
const HEIGHT_PX: u32 = 360;

/// Whether Excel can draw it. It has no charts of stretches of time; these are in the table.
pub(super) fn is_drawn(chart: &Chart) -> bool {
    plot(chart).is_some_and(|(_, plot)| !plot.categories.is_empty() && !plot.series.is_empty())
}

pub(super) fn write(sheet: &mut Worksheet, report: &Report, styles: &Styles) -> Result<(), ReportError> {
    let mut row = 0;
    for chart in report.charts.iter().filter(|chart| is_drawn(chart)) {
        let Some((form, plot)) = plot(chart) else { continue };
        values(sheet, styles, row, plot)?;
        let drawn = drawn(&sheet.name(), form, row, chart, plot, report.locale.language);
        sheet.insert_chart(at_row(row), at_column(plot.series.len() + 2), &drawn)?;
        row += CHART_ROWS.max(plot.categories.len() + 3);
    }
    Ok(())
}

fn plot(chart: &Chart) -> Option<(ChartType, &Plot)> {
    match &chart.drawing {
        Drawing::Bars(plot) => Some((ChartType::Column, plot)),
        Drawing::Lines(plot) => Some((ChartType::Line, plot)),
        Drawing::Timeline(_) => None,
    }
}

/// A column of categories, and one of values for each series.
fn values(sheet: &mut Worksheet, styles: &Styles, row: usize, plot: &Plot) -> Result<(), ReportError> {
    sheet.set_column_width(0, 20)?;
    for (at, category) in (row + 1..).zip(&plot.categories) {
        sheet.write_string(at_row(at), 0, shortened(category))?;
    }
    for (column, series) in (1..).zip(&plot.series) {
        sheet.write_string_with_format(
            at_row(row),
            at_column(column),
            shortened(&series.name),
            &styles.header,
        )?;
        for (at, value) in (row + 1..).zip(&series.values) {
            if let Some(value) = value {
                let value = scaled(plot.kind, *value);
                sheet.write_number_with_format(
                    at_row(at),
                    at_column(column),
                    value,
                    styles.cell(plot.kind),
                )?;
            }
        }
    }
    Ok(())
}

fn drawn(
    sheet: &str,
    form: ChartType,
    row: usize,
    chart: &Chart,
    plot: &Plot,
    language: Language,
) -> ExcelChart {
    let (first, last) = (at_row(row + 1), at_row(row + plot.categories.len()));
    let mut drawn = ExcelChart::new(form);
    drawn.title().set_name(shortened(&chart.title));
    drawn.set_alt_text(shortened(&chart.title)).set_width(WIDTH_PX).set_height(HEIGHT_PX);
    drawn.show_empty_cells_as(ChartEmptyCells::Gaps);
    drawn.y_axis().set_num_format(pattern(plot.kind, language)).set_min(0);
    for column in (1..=plot.series.len()).map(at_column) {
        let series = drawn.add_series();
        series.set_name((sheet, at_row(row), column));
        series.set_categories((sheet, first, 0, last, 0));
        series.set_values((sheet, first, column, last, column));
    }
    drawn
}
