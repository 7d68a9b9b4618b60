//! The words about charts.

use super::Words;
use crate::ui::exporting::Format;
use crate::words;

words! {
    shown_as: words::SHOWN_AS;
    tables: words::TABLES;
    charts: words::CHARTS;
    picture: words::PICTURE;
    figures: words::FIGURES;
    figure_shown: words::FIGURE_SHOWN;
    to_mark: words::TO_MARK;
    no_charts: words::NO_CHARTS;
}

impl Words {
    /// The way from a figure to the charts that are not at hand yet.
    pub fn see_in_charts(self) -> &'static str {
        self.word(words::SEE_IN_CHARTS)
    }

    /// The way from a figure to a chart.
    pub fn see_in_chart(self, title: &str) -> String {
        self.say(words::SEE_IN_CHART, &[("title", title)])
    }

    /// The button that saves a chart.
    pub fn save_chart(self, format: &Format, title: &str) -> String {
        let values = [("format", format.name), ("title", title)];
        self.say(words::SAVE_CHART, &values)
    }
}
