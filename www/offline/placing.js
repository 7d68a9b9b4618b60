// The report is what the page is about: it stands in a main part of its own, before it becomes an element that would
// notice being moved.

const element = document.querySelector("nianbao-report");
const main = document.createElement("main");
element.replaceWith(main);
main.append(element);
