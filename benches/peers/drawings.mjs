// The four charts that the widget draws of one report, as plain data: who asks, what became of it, the way from
// received to handled, and disputes. For whatever draws them.

const APPLICANTS = { natural_person: "自然人", business: "商业企业", research: "科研机构", public_interest: "社会公益组织", legal_service: "法律服务机构", other_organization: "其他" };
const RESULTS = { upheld: "结果维持", corrected: "结果纠正", other: "其他结果", pending: "尚未审结" };
const ROUTES = { review: "行政复议", litigation_direct: "未经复议直接起诉", litigation_after_review: "复议后起诉" };

/** What a head is called in a chart: without its number and what stands in brackets. */
const nameOf = ({ short, label }) => (short ?? label).replace(/^(（.）|\d\.)/, "").replace(/（.*$/, "");

/** `rows` are those of the requests, as a tree of heads with their labels. */
export function drawingsOf(rows, figures) {
  const total = (row) => figures[`requests.${row}.total`] ?? 0;
  const outcomes = rows
    .find(({ heads }) => heads)
    .heads.filter(({ id }) => id !== "handled_total")
    .map((head) => ({
      name: nameOf(head),
      value: (head.heads ?? [head]).reduce((sum, { id }) => sum + total(id), 0),
      parts: (head.heads ?? []).map((row) => ({ name: nameOf(row), value: total(row.id) })),
    }));
  const flows = outcomes.filter(({ value }) => value);
  return {
    applicants: Object.entries(APPLICANTS).map(([column, name]) => ({ name, value: figures[`requests.received.${column}`] })),
    outcomes: outcomes.flatMap(({ parts, ...whole }) => [whole, ...parts.filter(({ value }) => value)]),
    flow: {
      nodes: ["本年新收", "上年结转", "本年应办", ...outcomes.map(({ name }) => name), "办结", "结转下年度"],
      links: [
        { source: "本年新收", target: "本年应办", value: total("received") },
        { source: "上年结转", target: "本年应办", value: total("carried_in") },
        ...flows.flatMap(({ name, value }) => [
          { source: "本年应办", target: name, value },
          { source: name, target: "办结", value },
        ]),
        { source: "本年应办", target: "结转下年度", value: total("carried_out") },
      ],
    },
    disputes: {
      rows: Object.values(ROUTES),
      series: Object.entries(RESULTS).map(([column, name]) => ({ name, data: Object.keys(ROUTES).map((row) => figures[`disputes.${row}.${column}`]) })),
    },
  };
}
