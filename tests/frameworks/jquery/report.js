jQuery(function ($) {
  // Events bubble: one listener hears reports that come later, too. jQuery keeps their detail in the original event.
  $(document).on("nianbao-findings", "nianbao-report", function (event) {
    $("#count").text(event.originalEvent.detail.findings.length);
  });

  // Text is set by attr; objects are set and read by prop.
  $("#show").on("click", function () {
    $("#place").html('<nianbao-report src="published.json"></nianbao-report>');
  });
  $("#edit").on("click", function () {
    $("#place").empty().append($("<nianbao-report mode='edit'>").prop("report", window.published));
  });
  $("#save").on("click", function () {
    window.saved = $("#place nianbao-report").prop("report");
  });
});
