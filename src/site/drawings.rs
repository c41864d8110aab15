//! Charts and diagrams of a document, as HTML, and why one cannot be drawn.

use std::fmt::Write as _;

use super::fill::{SCROLLER, SCROLLER_END};
use super::{DocumentId, Site, Target};
use crate::chart::{self, Fault, Kind, Plot, Spec, Width};
use crate::content::blocks::Code;
use crate::content::data::Table;
use crate::content::template::escape;

/// Most rows of a table that is shown beneath a chart.
const TABLE_ROWS: usize = 500;

/// Why a drawing is not there: line and column in the file, and what is wrong.
pub(super) struct DrawingFault {
    pub line: u32,
    pub column: u32,
    pub message: String,
    pub code: &'static str,
    pub help: &'static str,
}

impl Site {
    /// Draws all diagrams, so that nobody who opens a page waits for it.
    pub fn draw_ahead(&self) {
        for code in self.documents.iter().flat_map(|document| document.undrawn()) {
            code.diagram();
        }
    }

    /// What a drawing of a document lacks; none where it can be drawn.
    pub(super) fn drawing_fault(&self, id: DocumentId, code: &Code) -> Option<DrawingFault> {
        match code.language.as_str() {
            "chart" => {
                let fault = self.plot(id, code).err()?.1;
                Some(DrawingFault {
                    line: code.line + fault.line,
                    column: code.column + fault.column - 1,
                    message: format!("the chart cannot be drawn: {}", fault.message),
                    code: "chart",
                    help: "needed are data, x, y and title; the others are series, kind, scale, x_scale, unit, low, high, where, order and caption",
                })
            }
            "mermaid" => {
                let fault = code.diagram().as_ref().err()?;
                Some(DrawingFault {
                    line: code.line + fault.line,
                    column: code.column + fault.column - 1,
                    message: format!("the diagram cannot be drawn: {}", fault.message),
                    code: "diagram",
                    help: "correct the diagram; its source is shown until then",
                })
            }
            _ => None,
        }
    }

    /// Writes a drawing, whose ids hold a name; where it cannot be drawn, its table or its source.
    pub(super) fn fill_drawing(&self, id: DocumentId, name: &str, code: &Code, html: &mut String) {
        match code.language.as_str() {
            "chart" => self.fill_chart(id, name, code, html),
            _ => fill_diagram(name, code, html),
        }
    }

    /// What a chart's lines ask for; on a fault the table, where there is one.
    fn plot(&self, id: DocumentId, code: &Code) -> Result<(Plot, &Table), (Option<&Table>, Fault)> {
        let spec = Spec::read(&code.text).map_err(|fault| (self.table_named(id, &code.text), fault))?;
        let Some(table) = self.table_linked(id, &spec.data) else {
            let fault = Fault::of_value(&code.text, "data", format!("there is no table {}", spec.data));
            return Err((None, fault));
        };
        let category = self.category_of(self.page_of(id));
        let taken = category.map_or(0, |category| category.frameworks.len());
        let mark_of = |name: &str| {
            let slug = crate::ids::slug(name);
            let by_title = category?.frameworks.iter().position(|framework| framework.title == name);
            Some(by_title.or_else(|| category?.framework_named(&slug))? % chart::marks::MARKS)
        };
        let plot = chart::plot(&code.text, &spec, table, taken, mark_of);
        plot.map(|plot| (plot, table)).map_err(|fault| (Some(table), fault))
    }

    /// The table that a chart is drawn from.
    pub(super) fn table_of_chart(&self, id: DocumentId, code: &Code) -> Option<&Table> {
        if code.language != "chart" {
            return None;
        }
        match Spec::read(&code.text) {
            Ok(spec) => self.table_linked(id, &spec.data),
            Err(_) => self.table_named(id, &code.text),
        }
    }

    /// The table at a path that a document names.
    pub(super) fn table_linked(&self, id: DocumentId, path: &str) -> Option<&Table> {
        let Target::Asset(address) = self.resolve(id, path) else { return None };
        self.table(&Self::asset_path(&address))
    }

    /// The table that broken lines name all the same.
    fn table_named(&self, id: DocumentId, text: &str) -> Option<&Table> {
        let value = text.lines().find_map(|line| line.trim().strip_prefix("data")?.trim_start().strip_prefix('='))?;
        self.table_linked(id, value.trim().trim_matches(['"', '\'']))
    }

    fn fill_chart(&self, id: DocumentId, name: &str, code: &Code, html: &mut String) {
        match self.plot(id, code) {
            Ok((plot, table)) => self.write_chart(&plot, table, name, html),
            Err((table, _)) => {
                html.push_str("<figure class=\"chart broken\"><p class=\"fault\">This chart cannot be drawn.</p>");
                match table {
                    Some(table) => {
                        let header: Vec<String> =
                            table.columns.iter().map(crate::content::data::Column::heading).collect();
                        let rows: Vec<_> = table.rows.iter().map(|row| row.cells.clone()).collect();
                        write_table(&header, &rows, true, html);
                        self.write_data_link(table, html);
                    }
                    None => write_source(code, html),
                }
                html.push_str("</figure>\n");
            }
        }
    }

    fn write_chart(&self, plot: &Plot, table: &Table, name: &str, html: &mut String) {
        let kind = match plot.kind {
            Kind::Line => "line",
            Kind::Bar => "bar",
            Kind::Dot => "dot",
        };
        let _ = write!(html, "<figure class=\"chart chart-{kind}\"><p class=\"chart-title\">");
        escape(&plot.title, html);
        html.push_str("</p>");
        if plot.series.len() > 1 {
            html.push_str("<ul class=\"chart-legend\">");
            for series in &plot.series {
                let classes = chart::marks::classes(series.mark);
                let _ = write!(html, "<li><span class=\"mark {classes}\" aria-hidden=\"true\"></span>");
                escape(&series.name, html);
                html.push_str("</li>");
            }
            html.push_str("</ul>");
        }
        for width in [Width::Wide, Width::Narrow] {
            html.push_str(&chart::draw(plot, width, &format!("fg-chart-{name}")));
        }
        let (header, rows) = plot.table();
        write_table(&header, &rows, false, html);
        self.write_data_link(table, html);
        if !plot.caption.is_empty() {
            html.push_str("<figcaption>");
            escape(&plot.caption, html);
            html.push_str("</figcaption>");
        }
        html.push_str("</figure>\n");
    }

    fn write_data_link(&self, table: &Table, html: &mut String) {
        html.push_str("<p class=\"chart-data\">Measured: <a href=\"");
        escape(self.table_url(table), html);
        html.push_str("\">all rows and how they were measured</a>, <a href=\"/");
        escape(&super::encode_path(table.path.as_str()), html);
        html.push_str("\">CSV</a></p>");
    }
}

/// Whether nothing names a diagram to those who do not see it.
pub(super) fn is_unnamed(code: &Code) -> bool {
    code.is_diagram() && code.diagram().as_ref().is_ok_and(|diagram| diagram.title.is_empty())
}

fn fill_diagram(name: &str, code: &Code, html: &mut String) {
    match code.diagram() {
        Ok(diagram) => {
            html.push_str("<figure class=\"diagram\"><div class=\"scroller\" role=\"group\" aria-label=\"");
            escape(if diagram.title.is_empty() { "Diagram" } else { &diagram.title }, html);
            html.push_str("\" tabindex=\"0\">");
            html.push_str(&diagram.to_svg(&format!("fg-diagram-{name}")));
            html.push_str("</div>");
            if !diagram.title.is_empty() {
                html.push_str("<figcaption>");
                escape(&diagram.title, html);
                html.push_str("</figcaption>");
            }
            html.push_str("</figure>\n");
        }
        Err(_) => {
            html.push_str("<figure class=\"diagram broken\"><p class=\"fault\">This diagram cannot be drawn.</p>");
            write_source(code, html);
            html.push_str("</figure>\n");
        }
    }
}

fn write_source(code: &Code, html: &mut String) {
    html.push_str("<pre tabindex=\"0\"><code>");
    escape(&code.text, html);
    html.push_str("</code></pre>");
}

/// Writes rows as a table that folds open.
fn write_table(header: &[String], rows: &[Vec<String>], open: bool, html: &mut String) {
    let _ = write!(
        html,
        "<details class=\"chart-table\"{}><summary>The data as a table</summary>",
        if open { " open" } else { "" }
    );
    html.push_str(SCROLLER);
    html.push_str("<table><thead><tr>");
    for (column, name) in header.iter().enumerate() {
        let mut cells = rows.iter().take(TABLE_ROWS).filter_map(|row| row.get(column));
        let is_numeric = cells.all(|cell| cell.is_empty() || is_number(cell));
        html.push_str(if is_numeric { "<th scope=\"col\" class=\"align-right\">" } else { "<th scope=\"col\">" });
        escape(name, html);
        html.push_str("</th>");
    }
    html.push_str("</tr></thead><tbody>");
    for row in rows.iter().take(TABLE_ROWS) {
        html.push_str("<tr>");
        for cell in row {
            html.push_str(if is_number(cell) { "<td class=\"align-right\">" } else { "<td>" });
            escape(cell, html);
            html.push_str("</td>");
        }
        html.push_str("</tr>");
    }
    html.push_str("</tbody></table>");
    html.push_str(SCROLLER_END);
    if rows.len() > TABLE_ROWS {
        let _ = write!(html, "<p>The first {TABLE_ROWS} of {} rows.</p>", rows.len());
    }
    html.push_str("</details>");
}

fn is_number(cell: &str) -> bool {
    cell.starts_with(|c: char| c.is_ascii_digit() || c == '−' || c == '-')
}
