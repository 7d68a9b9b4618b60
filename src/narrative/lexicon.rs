//! The words of the grammar: whose figures, of which year, and how numbers are hedged. The words of
//! the tables are the form's.

/// What a word of the grammar does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// The figures are those of the report's year.
    ThisYear,
    /// They are those of another time, or of a part of the year.
    OtherTime,
    /// Nothing of the kind happened.
    Not,
    /// What follows takes the number before apart.
    Of,
    /// What follows is a change against last year.
    Against,
    Up,
    Down,
    Same,
    /// Looks like one of the others and is none.
    Nothing,
}

use Function::{Against, Down, Not, Nothing, Of, OtherTime, Same, ThisYear, Up};

/// Longer words win over shorter ones.
pub const WORDS: &[(Function, &[&str])] = &[
    (ThisYear, &["全年", "本年度", "本年", "今年", "年内", "当年", "本报告期", "报告期内"]),
    (
        OtherTime,
        &[
            "去年",
            "上年",
            "上一年",
            "前年",
            "往年",
            "历年",
            "同期",
            "上半年",
            "下半年",
            "季度",
            "近年",
            "近两年",
            "近三年",
            "近五年",
            "以来",
            "明年",
            "下一年",
            "下年",
            "每年",
            "十三五",
            "十四五",
            "累计至",
            "月底",
            "月份",
        ],
    ),
    (Not, &["未", "没有", "无", "尚无", "暂无"]),
    (
        Nothing,
        &[
            "未经",
            "未按",
            "未能",
            "未予",
            "未成年",
            "无误",
            "无故",
            "无需",
            "无关",
            "无效",
            "无偿",
            "无条件",
            "无障碍",
            "无正当",
            "全年龄",
            "无法",
        ],
    ),
    (Of, &["其中"]),
    (
        Against,
        &[
            "同比",
            "较去年",
            "较上年",
            "较上年度",
            "较上一年",
            "较上一年度",
            "比去年",
            "比上年",
            "比上年度",
            "比上一年",
            "比上一年度",
            "与去年相比",
            "与上年",
            "与去年",
            "与上年度",
            "与去年同期",
            "与上年同期",
            "与上年相比",
            "与上年度相比",
            "较去年同期",
            "比去年同期",
            "较上年同期",
            "比上年同期",
        ],
    ),
    (Up, &["增长", "增加", "上升", "提高", "增幅", "上涨"]),
    (Down, &["下降", "减少", "回落", "降低", "降幅"]),
    (Same, &["持平"]),
];

/// Characters behind a number that name what is counted in it; 年, 月 and 日 make it a date.
pub const MEASURES: &str = "件条宗份起个例项次篇部人元年月日号天期家名场届批位种类户页字时分岁级";

/// Before or behind a number: it is not meant exactly.
pub const HEDGES_BEFORE: &[char] = &['约', '近', '超', '逾', '过', '第'];
pub const HEDGES_BEHIND: &[char] = &['余', '多', '来', '几'];

/// What may stand between a word and its number, or the other way round, without changing anything.
pub const FILLING: &str =
    "共计合总的数量为有是了已经均全部按时依法规定期限内累此各类其中本及则、等达到由我请件\"“”在范围度继续办理一";

/// Adverbs between a body and what it does.
pub const ADVERBS: &[&str] =
    &["共", "共计", "合计", "总计", "累计", "一共", "总共", "已", "均", "实际", "依法", "及时", "并"];

/// The ends of the names of bodies.
pub const BODIES: &[&str] = &[
    "委员会",
    "办公室",
    "办事处",
    "管委会",
    "检察院",
    "法院",
    "分局",
    "总队",
    "支队",
    "大队",
    "中心",
    "公司",
    "集团",
    "街道",
    "学校",
    "大学",
    "医院",
    "部门",
    "单位",
    "机关",
    "政府",
    "系统",
    "社区",
    "政府办",
    "局",
    "委",
    "办",
    "厅",
    "镇街",
    "镇",
    "乡",
    "县",
    "区",
    "市",
    "州",
    "旗",
    "村",
    "所",
    "站",
    "省",
];

/// What begins the name of the body that reports: 我局, 本机关, 全市.
pub const OWN: &[char] = &['我', '本', '全'];

/// What is in the name of a part of the body that reports.
pub const PARTS: &[&str] =
    &["下属", "所属", "直属", "本级", "各镇", "各乡", "各街道", "各县", "各区", "各市", "各村", "各局", "各委"];

/// What is in the name of others, where the name of a body follows.
pub const OTHERS: &[&str] = &["各", "其他", "其它", "有关", "相关", "某", "外省", "兄弟"];
