//! The words about charts.

use super::Words;
use crate::ui::exporting::Format;

words! {
    shown_as: "显示为", "Shown as";
    tables: "表格", "Tables";
    charts: "图表", "Charts";
    picture: "图形", "Chart";
    figures: "数据表", "Figures";
    figure_shown: "显示哪一项", "Figure shown";
    to_mark: "在图中看", "See it in the chart";
    no_charts: "这份报告没有可以画成图的数据。", "This report has no figures that can be drawn.";
}

impl Words {
    /// The way from a figure to the charts that are not at hand yet.
    pub fn see_in_charts(self) -> &'static str {
        self.0.pick("在图表中看", "See it in the charts")
    }

    /// The way from a figure to a chart.
    pub fn see_in_chart(self, title: &str) -> String {
        self.0.say("在图表“{title}”中看", "See it in the chart “{title}”", &[("title", title)])
    }

    /// The button that saves a chart.
    pub fn save_chart(self, format: &Format, title: &str) -> String {
        let values = [("format", format.name), ("title", title)];
        self.0.say("下载 {format}：{title}", "Download as {format}: {title}", &values)
    }
}
