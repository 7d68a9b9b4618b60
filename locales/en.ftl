## Words between other words

colon = :{" "}
list-comma = ,{" "}
comma = ,{" "}
space = {" "}
list-and-numbers = {" "}and{" "}
list-semicolon = ;{" "}
list-and = {" "}and{" "}
list-or = ; or{" "}
blank = blank
quoted = “{ $text }”
printed-year = { $year }
between-quoted = ”, “
stop = .

## The widget

agency = Agency
year = Year
form = Form
result = Result of the check
contents = Contents
not-filled-in = (not filled in)
unread = unread
leftover = Content that fits no table
no-figures = The tables hold no figures, so that no relation could be checked
hint = The table is wide: scroll sideways
see-finding = See the finding
see-section = Go to the section
back = Back to the findings
behind = Arithmetic and basis
details = Details
whole-report = The whole report
title-text = Title
preamble = Opening text
quoted-words = Words of the text
suggestion = Suggestion
candidates = Possible corrections (one of them is enough; please consult the records)
apply = Apply
reason = Reason
write-reason = Give a reason
rewrite-reason = Change the reason
withdraw = Withdraw the reason
save = Save
cancel = Cancel
keys = Ctrl+Enter saves, Esc cancels
blank-reason = Please write the reason before you save it.
editing = Editing
no-unit = unit
filled = Filled in
next-blank = Next blank
fill-zeros = Fill blanks with 0…
yes-zeros = Fill all with 0
propose = Take last year’s…
yes-propose = Take them
paste-table = Fill the table
paste-block = Paste where the cursor is
paste-anyway = Paste anyway
follows = computed total
grid-keys = Arrow keys move, typing replaces, F2 edits, Ctrl+Enter confirms an inferred figure or goes to the next one; Esc, then Tab leaves the table.
leaving = Press Tab to leave the table.
check = Check
undo = Undo
redo = Redo
cover = Cover
date = Date
contact = Contact
contact-example = e.g. the general office, 0000-0000000
odd-year = Please write the year in four digits, such as 2023.
only-year = Only change the year
yes-recast = Use that form
opening = Before the first heading; it may be left out.
required = To be written as required
met = it is there
unmet = it is not there yet
to-judge = for you to judge
numbers = Numbers of the text and the tables
agrees = as in the table
not-in-table = not in the table yet
to-table = Go to the table
in-text = in the text,{" "}
no-error = No error was found
nothing-wrong = Nothing is wrong
cells = Cells
due = Should be
actual = Is
sum = Sum
basis = Basis
drafts = Drafts
drafts-here = Drafts on this computer
no-drafts = There are no drafts on this computer. Changes are saved by themselves and listed here.
no-agency = (no agency)
shown-here = Being edited here
open = Open
close = Close
delete = Delete
delete-warning = It cannot be brought back.
deleted = The draft is deleted.
saving = Saving…
dismiss = All right
use-published = Start again from what is published
published-again = This is what is published. To go back to the draft, press “Undo”.
elsewhere = This draft is being edited in another window; here it can only be read.
unsaved-here = The last changes made here are not saved: press “Edit it here” and then “Undo” to get them back.
take-over = Edit it here
taken-over = You can edit it here now; the other window can only be read.
loading = Reading the annual report…
failed = The annual report is not shown
retry = Try again
empty = There is no annual report to show. Name its address in “src”, or put its content inside the tag.
group-correct = To correct
group-confirm = To confirm or explain
group-fill = To fill in
group-consider = For reference
group-answered = Explained
count-confirm = { NUMBER($count) } to be confirmed
count-findings = { $count ->
    [one] { NUMBER($count) } finding
   *[other] { NUMBER($count) } findings
    }
count-notes = { $count ->
    [one] { NUMBER($count) } note
   *[other] { NUMBER($count) } notes
    }
count-blanks = { $count ->
    [one] { NUMBER($count) } blank
   *[other] { NUMBER($count) } blanks
    }
count-errors = { $count ->
    [one] { NUMBER($count) } error
   *[other] { NUMBER($count) } errors
    }
count-answered = { NUMBER($count) } explained
one-error = Error
one-warning = To be confirmed
one-info = Note
form-name = { $name }, { $notice }
unit = Unit: { $unit }
zeros = { $count ->
    [one] { NUMBER($count) } more term
   *[other] { NUMBER($count) } more terms
    } of 0
more-cells = { $count ->
    [one] { NUMBER($count) } more cell
   *[other] { NUMBER($count) } more cells
    }
show-all-of = Show all { NUMBER($count) }
extent = { $filled ->
    [one] { NUMBER($filled) } figure
   *[other] { NUMBER($filled) } figures
    } and { $relations ->
    [one] { NUMBER($relations) } relation
   *[other] { NUMBER($relations) } relations
    } checked
extent-sound = : every relation holds
extent-open = {" "}Left open by a blank or a text: { $open ->
    [one] { NUMBER($open) } relation
   *[other] { NUMBER($open) } relations
    }.
correction-fill = : enter { $to }
correction-change = {" "}from { $from } to { $to }
why = {" "}({ $why })
ask-zeros = { NUMBER($count) } cells are blank. Fill them all with 0? It says that there was nothing; please enter the other figures first. Totals become the sum of their parts.
ask-zeros-and-marks = { NUMBER($count) } cells are blank, { NUMBER($some) } of them with a mark such as “/”. Fill them all with 0? It says that there was nothing; please enter the other figures first. Totals become the sum of their parts.
ask-proposals = Last year’s report says what { NUMBER($count) } blank cell(s) should hold:
ask-paste-some = Some of what is pasted does not fit. { NUMBER($count) } cell(s) can be filled:
ask-paste-unread = {" "}{ NUMBER($unread) } more cell(s) could not be read and are left as they are.
ask-paste-table = A whole table was pasted{ $known ->
    [none] {""}
   *[some] {" "}({ $agency } { $year })
    }; { NUMBER($count) } cells are recognised and go to their own places.{ $unread }
strays = { NUMBER($count) } without a place, left out
no-numbers = { NUMBER($count) } that are no numbers, entered as they stand
replaced = { NUMBER($count) } that replace another figure
progress = { NUMBER($filled) } of { NUMBER($cells) } cells filled
back-to-sum = Make it the sum of its parts again: { $sum }
unit-of = Unit of { $label }
should-be = should be { $sign }
made-of = The sum of { $count ->
    [one] { NUMBER($count) } term
   *[other] { NUMBER($count) } terms
    }
unlike = {" "}(not { $value })
length = { NUMBER($count) } characters
length-over = { NUMBER($count) } characters, { NUMBER($over) } more than the { NUMBER($most) } that it should have
length-of-most = { NUMBER($count) } characters of { NUMBER($most) } at the most, as a rule
agreeing = { NUMBER($count) } as in the tables
and-more = {" "}and { NUMBER($count) } more
in-table = { $figure } in the table
of-more = { $figure } in the table; the text adds more to it
rewrite = Make the text say { $to }
rewriting = : { $to } in place of { $from }
ask-recast-regained = {" "}{ NUMBER($count) } figure(s) that had no place go back to theirs.
ask-recast = { $year } has another form: { $form }. Both have { NUMBER($shared) } cells in common; { NUMBER($kept) } of them are filled in and are carried over. Texts and cover stay.{ $regained }
without-place = { NUMBER($count) } without a place there (they are kept at the end of the report, and come back with the former form)
now = {" "}Now: { $counts }.
said-repaired = The suggestion is applied.
said-reason-withdrawn = The reason is withdrawn.
said-reason-saved = The reason is saved.
said-filled = Filled in.
said-cleared = Cleared.
said-pasted = Pasted.
said-zeros = The blanks are filled with 0.
said-proposed = Last year's figures are taken.
said-summed = The total is the sum of its parts again.
said-confirmed = Confirmed.
said-unit = The unit is changed.
said-restored = What stood there is there again.
said-text = The text is changed.
said-cover = The cover is changed.
said-rewritten = The text says what the table says.
said-recast = The report is in the other form.
said-imported = The file is read in; that can be undone.
said-taken = Another report is taken over.
said-undone = Undone.
said-redone = Done again.
saved = Draft kept on this computer at { $time }
saved-at = saved { $moment }
restored = The draft of { $moment } is restored.
restored-outdated = {" "}What is published has changed since the draft was begun; please compare.
opened = The draft of { $moment } is open.
draft-alone = What is published could not be read; this is the draft of { $moment } on this computer.
delete-question = Delete the draft of { $name }?
unsaved-refused = the browser does not let this site keep data, as in a private window or by a policy. You can go on editing, but closing or reloading this page loses the changes. Use an ordinary window, or ask your administrator.
unsaved-full = there is no room left. Delete drafts that are no longer needed, or free some disk space; this page tries again by itself. Please keep it open until then.
unsaved-newer = a newer version of the widget keeps the drafts now. Note what you changed here, then reload this page.
unsaved-failed = it did not work this time. This page tries again by itself; please keep it open until then.
unsaved-unreadable = there is a draft on this computer that cannot be read here, and it was left as it is. Delete it under “Drafts” so that changes can be saved.
unsaved = Not saved on this computer: { $reason }
unlisted = The drafts on this computer could not be read. Please close this list and open it again.
scope-relations = relations
scope-cells = blanks and number formats
scope-year = whether the form is in force
scope-headings = headings
scope-texts = text against tables
scope-prior = carry-over from last year
scope = Checked: { $parts }.
scope-without-prior = {" "}Without last year’s report, carry-over was not.
unreachable = { $address } could not be reached: there is no network, or that site does not allow this page to read it. Please check the address and the network, then try again.
refused-status-missing = there is no file at this address. Please check it
refused-status-denied = access is denied. Please log in, or ask the site’s administrator
refused-status-fault = the site has a fault. Please try again later
refused-status-other = the site gave no file. Please check the address and try again
refused-status = { $address } was not obtained: { $reason } (HTTP { $status }).
no-content = There is nothing in it ({ $name }). Please check the file.
own-content = inside the tag
given-file = the chosen file
faulty-form = The form file is faulty; the site’s administrator should correct it. { $place }: { $problem }
faulty-rules = The file of rules is faulty; the site’s administrator should correct it. { $place }: { $problem }
prior-unread = Last year’s report could not be read, so carry-over was not checked. { $reason }
unknown-cell = The report has no cell “{ $address }”.
unknown-format = Cannot export as “{ $format }”. Formats at hand: { $known }.
format-left-out = This offline file was made without Word, Excel and further formats, so that nothing can be exported as “{ $format }” here. Formats at hand: { $known }. For others, ask whoever made the file for one made with --formats.
nothing-shown = No annual report is shown yet.
shown-as = Shown as
tables = Tables
charts = Charts
picture = Chart
figures = Figures
figure-shown = Figure shown
to-mark = See it in the chart
no-charts = This report has no figures that can be drawn.
see-in-charts = See it in the charts
see-in-chart = See it in the chart “{ $title }”
save-chart = Download as { $format }: { $title }
the-report = the annual report
progress-of-work = Progress
download = Download
open-file = Open a file…
drop-here = Drop it here to read the report
drop-to-edit = Drop it here to put this report in place of what is edited (it can be undone)
further-reports = the further reports
cancelled = Reading was cancelled.
started-anew = The report widget has just broken down and was started anew; your changes are all there. Please check the last character you typed.
not-made = No file was made: it was cancelled.
charts-in-pages-only = Charts can be exported in a web page (html) only. Please use html, or leave the charts out.
writer-failed = The program failed while it made the file. Please try another format.
not-a-file = The file could not be read: it may be a folder, or it was moved or renamed. Please choose it again.
too-large = This file is larger than 64 MB; no annual report is. Please check whether it is the right file.
working-read = Reading { $name }. Esc cancels.
working-write = Making the file ({ $name }). Esc cancels.
stage-fetch = getting the file
stage-prepare = getting ready
stage-load = loading the program for it
stage-open = opening the file
stage-read = finding the tables and texts
stage-write = laying it out
web-page = Web page
offline-file = Offline file
was-saved = { $name } is downloaded.
only-first = One file is read at a time: { $name }. { NUMBER($others) } more were left aside.
one-of = { $list }, number { $number }
other-unread = One of the further reports ({ $name }) could not be read, so that nothing is compared with it. { $reason }
was-read = { $name } is read.
program-missing = The program for this ({ $program }) did not load, and what is shown stays as it is. Please check the network and try again; if it still fails, the site’s administrator should check that it is deployed together with its .wasm file.
reader-missing = The program that reads this file ({ $program }) did not load. Please check the network and try again; if it still fails, the site’s administrator should check that it is deployed together with its .wasm file.
reader-failed = The program failed while it read this file. Please try another format of the report, such as its page or its text.
writer-missing = The program that makes this file ({ $program }) did not load. Please check the network and try again; if it still fails, the site’s administrator should check that it is deployed together with its .wasm file.
origin = Origin
choose-a-cell = Choose a cell to see where it comes from.
origin-unknown = Nothing is noted of this cell.
to-check = To be checked first
confirm = Confirm
confirm-cell = Confirm this cell
inferred = inferred
confirm-section = Confirm all of this section
how-read = Read
how-inferred = Inferred from the relations and other evidence, please check
how-confirmed = Inferred and confirmed
how-typed = Entered by hand
place-line = line { $line }
in-place-of = , in place of{" "}
place-row-of-table = table { $table }, row { $row }
place-column-of-row = , column { $column }
doubtful = { NUMBER($count) } to be confirmed
doubtful-inferred = { NUMBER($n) } inferred from the relations and other evidence
doubtful-unread = { NUMBER($n) } not read for sure
confirm-selected = Confirm the { NUMBER($count) } selected
confirmed-all = Confirmed. Nothing is left to confirm.
confirmed-left = Confirmed. { NUMBER($left) } left to confirm.
has-inferred = { NUMBER($count) } figure(s) marked “≈” were inferred from the relations and other evidence; please compare the original.

## Findings: what the check says

finding-why-unit = in { $unit }
finding-why-plain-number = as a plain number
finding-hint = {" "}By the relations it should be { $to }.
finding-not-a-number = “{ $label }” says “{ $value }”, which is no number. Please enter the number alone and explain it in the text.
finding-not-whole = “{ $label }” is { $value }, but only whole numbers count here. Please check it.
finding-negative = “{ $label }” is { $value }, but it cannot be negative. Please check it.
finding-unit-unknown = “{ $label }” has the unit “{ $unit }”. Please write one of { $names }.
finding-unit-missing = “{ $label }” says { $number } without a unit. The form prints none, so please write one of { $names }.
finding-blank-total = “{ $label }” has no figure, but the parts that are filled add up to { $sum }. Please enter the total.
finding-table-blank = All { $count } cells of table “{ $name }” are blank. Enter 0 where there was nothing, and the figures elsewhere.
finding-blanks = Table “{ $name }” has { $count } blank cell(s), in { $rows }. Enter 0 where there was nothing, and the figures elsewhere.
finding-dashes = Table “{ $name }” has { $count } cell(s) with a mark such as “{ $mark }” instead of a number, in { $rows }. Please enter 0 where there was nothing.
finding-rows-named = row { $named }
finding-rows-and-more = { $named } and { $more } more rows
finding-before-headings = the text before the first heading
finding-section-name = section “{ $name }”
finding-group-sum = the sum of “{ $group }”
finding-and-others = {" "}and others
finding-cells-sum = the sum of { $labels }{ $more }
finding-text-contradicts = { $place } says “{ $words }”, but { $name } in the table is { $value }, a difference of { $difference }. Please check text and table.
finding-text-other-sum = { $place } says “{ $words }”: { $number } is exactly { $terms }, while { $name } in the table is { $value }. Please state the two numbers apart in the text.
finding-number-in-text = the number in the text
finding-text-equation = The text states what the table says
finding-text-basis = The text and the table are about the same thing, so the numbers are the same.
finding-text-share = { $place } says that “{ $words }” is { $percent }%, but { $number } ÷ { $total } = { $due }%. Please check the share.
finding-text-growth = { $place } says “{ $words }”, but last year's report says { $then } and this year's { $number }: a change of { $due }{ $unit }. Please check it.
finding-text-odd-sum = In { $place } the parts add up to { $parts } = { $sum }, not to { $total }. Please check them, if they are all.
finding-prior-other-year = The report given as last year's is for { $given }, not { $due }; carry-over was not checked. Please give the one for { $due }.
finding-prior-other-body = This report is by “{ $name }”, last year's by “{ $given }”. Please make sure that both are the same body's.
slip-total-follows = the total went wrong with it
slip-total-at-zero = the total was left at 0
slip-letter = a letter was typed for a digit
slip-written = { $to } was written as { $from }, { $slip }
slip-moved = { $to } { $slip }
slip-next-column = was entered one column off
slip-next-row = was entered one row off
slip-other-column = was entered in the wrong column
slip-other-row = was entered in the wrong row
slip-exchanged = were entered in each other's place
slip-transposed = two digits swapped
slip-doubled = a digit typed twice
slip-lost = a digit lost
slip-added = a digit too many
slip-mistyped = a digit mistyped
place-table = Table “{ $name }”
place-part = Table “{ $name }”, row “{ $line }”
place-row = Table “{ $name }”, row “{ $line }”
place-column = Table “{ $name }”, column “{ $line }”
finding-fixed-by-rule = fixed by the rule
finding-last-year = Last year: { $label }
cell-label = { $row }, { $column }
finding-also-fail = {" "}Along with it fail: { $places }.
finding-also-breaks = {" "}The same mistake also breaks { $places }.
finding-in-column = column “{ $label }”: {""}
finding-in-row = row “{ $label }”: {""}
finding-many-repairs = {" "}Many changes would make these hold, so they cannot tell which figure is wrong; please check against the records.
finding-looks-like = {" "}It looks as if { $why }.
finding-candidates = {" "}Any one of these changes would do; please check against the records: { $told }.
finding-suggestion = {" "}Most likely { $labels } { $cells ->
    [one] is
   *[other] are
    } wrong: with { $values } all of these hold.{ $why }
finding-candidate = “{ $label }” to { $value }
finding-together-with = {" "}together with{" "}
finding-candidate-why = { $changes } (as if { $why })
finding-year-unknown = The report's year was not found, so the form was not checked against it. Please state the year in the title.
finding-form-due = the form of notice { $number } is due
finding-form-in-force = please use the form in force for that year
finding-form-year = The report is for { $year } but uses “{ $name }” (for { $years }); { $due }.
finding-years-from-to = { $from } to { $to }
finding-years-from = { $from } and later
finding-heading-number = The heading “{ $published }” is numbered { $number }; the prescribed number is { $due }. Please correct it.
finding-heading-words = The heading says “{ $published }”; the prescribed one is “{ $printed }”. Please use the prescribed words.
finding-headings-missing = The prescribed heading(s) “{ $headings }” were not found. Please add these sections, also where there is nothing to report.
finding-headings-order = The sections are not in the prescribed order, which is { $numbers }.
finding-notice-superseded = The text cites { $number }, which no longer applies; the notice in force is { $current }. Please correct it.
finding-title-words = The title is “{ $printed }”, without the words “{ $due }”. Please check it for misprints.
finding-title-other-year = The title says { $other }, but the report is for { $year }. Please correct it.
finding-title-no-year = The title “{ $printed }” names no year. Please state it.
finding-period-span = In { $place } the figures are said to be for { $given }, but the report is for { $year }. Please correct it.
finding-period-garbled = In { $place } stands “{ $words }”, which is no year. Please correct it.
finding-year-stale = In { $place } stands “as of the end of { $given }”, but the report is for { $year }; the words seem to be an earlier report's. Please check them.
finding-text-begins-stale = The text of { $place } begins with { $given } and never names { $year }; it seems to be last year's. Please check it.
reports-given-twice = “{ $title }” was given twice with different content; the first one is used. Please take the other one out.

## What was read, and what was not

kind-ofd = a fixed-layout file (OFD)
kind-xlsb = a binary Excel workbook (.xlsb)
kind-odt = an OpenDocument text (.odt)
kind-doc = an old Word or WPS document (.doc or .wps)
refused-presentation = This is a presentation (.ppt or .pptx), which is no place for an annual report. Please bring the report as a Word or Excel file or as a web page.
refused-pdf-scan = This PDF is a scan: it holds pictures and no text, and text in pictures cannot be recognised yet. Please bring the report as a web page, a Word or an Excel file, or run text recognition (OCR) on it first.
refused-pdf-no-text = This PDF holds no text; it may have been turned into drawings, or the file is blank. Please bring the report as a web page, a Word or an Excel file.
refused-pdf-nameless = The fonts of this PDF do not say which characters their shapes are, so that its text cannot be read. Please bring the report as a web page, a Word or an Excel file, or export the PDF anew.
refused-pdf-password = This PDF opens with a password only. Please remove the password first (open it, then save or print it as PDF), and try again.
refused-pdf-encryption = The encryption of this PDF cannot be read. Please open it, save or print it as PDF without encryption, and try again.
refused-pdf-damaged = This PDF is cut off or damaged and cannot be opened. Please download it again; if it opens elsewhere, save or print it as PDF and try that.
refused-pdf-too-long = This PDF has more than 300 pages; no annual report has. Please check whether it is the right file, or bring only the pages of the report.
refused-pdf-too-heavy = This PDF unpacks to more than any annual report. Please check whether it is the right file; if it is, save or print it as PDF and try that.
refused-damaged = This file is incomplete or damaged. Please download it again, or open it in its program and save it anew.
refused-password = This file asks for a password. Please remove the password in Word, Excel or WPS, and save it again.
refused-too-much-inside = Unpacked, this file is far larger than an annual report, so it was not read on. Please check whether it is the right file; if it is, save the report alone.
refused-other-office = This file holds neither a document nor a table that can be read. Please bring the report as a Word (.docx) or Excel (.xlsx) file or as a web page.
kind-old-excel = a workbook of a very old Excel
carried-cut-off = The data are not complete.
carried-faulty-form = The form that came along in the file is faulty: { $fault }
carried-title = The title
carried-body = The body
carried-year = The year
carried-date = The date
carried-contact = The contact
carried-broken = The data that the file carries were not used; only what is seen was read. The reason: { $reason }
carried-another = The data that the file carries are not those of the report that is seen; only what is seen was read.
carried-another-year = The report that is seen is for { $seen }, while the data that the file carries are still those for { $carried }; only what is seen was read.
carried-unseen = Nothing of the report is seen in the file; the data that it carries were read. Please check.
carried-cover = { $what } is seen as “{ $seen }”, while the data that the file carries say “{ $carried }”; it was read as it is seen. The file may have been edited since it was written; please check.
carried-headings = The headings differ from the data that the file carries; they were read as they are seen: “{ $seen }”. The file may have been edited since it was written; please check.
carried-section = The text of “{ $name }” differs from the data that the file carries; it was read as it is seen. The file may have been edited since it was written; please check.
carried-not-legible = not legible
carried-figure = “{ $row }”, “{ $column }”: the cell shows “{ $seen }”, while the data that the file carries say “{ $carried }”; it was read as it is seen. The file may have been edited since it was written; please check.
carried-figures = { $count } cells differ from the data that the file carries; they were read as they are seen. The file may have been edited since it was written; please check.
carried-blank = blank
fingerprint-line = Fingerprint: { $fingerprint }
fingerprint-differs = The file states the fingerprint “{ $stated }”, while what was read has “{ $read }”: figures or texts were changed after the fingerprint was made. Please look at what was changed; if it is right, save the report again, and the fingerprint follows.
inferred-run-together = In “{ $heading }” the figures of { $rows } row(s) stand together (such as “{ $sample }”). They come apart in one way only, so { $cells } cell(s) were read in that way. Please check them against the source.
inferred-by-laws = In “{ $heading }” the figures of { $rows } row(s) cannot be told apart as they stand (such as “{ $sample }”). For the relations to hold ({ $names }), { $cells } cell(s) can only be as they were filled in. Please check them against the source.
inferred-by-prior = In “{ $heading }” the figures of { $rows } row(s) cannot be told apart as they stand (such as “{ $sample }”). By last year's report ({ $names }), { $cells } cell(s) can only be as they were filled in. Please check them against the source.
inferred-by-row = In “{ $heading }” the figures of { $rows } row(s) cannot be told apart as they stand (such as “{ $sample }”), and no reading makes all relations hold: the source may be wrong. By the rows alone ({ $names }) there is one reading, by which { $cells } cell(s) were read. Please check them against the source.
asked-countless = { $row }The source says { $text }. The figures cannot be told apart; there are more readings than can be counted.{ $known }{ $may_be } Please fill them from the source.
asked-unconfirmed = { $row }The source says { $text }; no label names the row, and no relation of the form can confirm it, so it was not read.{ $may_be } Please fill it from the source.
asked-several = { $row }The source says { $text }. The figures cannot be told apart: { $count } readings are possible.{ $known }{ $may_be } Please fill them from the source.
asked-one-correction = { $row }The source says { $text }. It looks as if { $slip }, so it was not read. One correction alone makes the relations hold ({ $names }).{ $may_be } Please fill it from the source.
asked-likely = { $row }The source says { $text }. It looks as if { $slip }, so it was not read.{ $may_be } Please fill it from the source.
asked-too-many = { $row }The source says { $text }. The figures cannot be told apart, and there are too many readings to compare.{ $known } Please fill them from the source.
asked-unclear = { $row }The source says { $text }; which figure stands in which cell cannot be told, so none was read. Please fill the cells from the source.
asked-row = “{ $label }”: {""}
asked-none-holds = { $row }The source says { $text }. The figures cannot be told apart, and no reading makes all relations hold, so none was taken.{ $nearest } Please fill them from the source.
asked-partly-known = {" "}What is certain was read; { $count } cell(s) are not.
asked-may-be = {" "}They may be: { $told }.
asked-nearest = {" "}The reading that breaks the fewest is { $filling }; it breaks { $count } ({ $names }).
read-split-figures = { $count } figures run together in the source; they were taken apart by the relations between them, last year's report and the numbers of the text. Please check them against the source.
read-no-old-table = This report from before 2019 has only text and no table of indicators, so there are no figures to check. If there is a table, please bring the report with it.
read-unclear = { $row }The source says “{ $text }”; which figure stands in which cell cannot be told, so none was read. Please fill the cells from the source.
read-twice = { $row }The row stands there twice with different figures; the first ones were read, the second are “{ $text }”. Please see which are right.
read-unplaced = The tables hold a row that the form does not have: “{ $text }”. It was not read; please see whether it belongs to a row of the form.
read-leftover = Among the tables stands a text that is not of the form: “{ $text }”. It is kept for reference.
read-hidden-cells = The sheets have hidden rows or columns, which were not read.
read-no-table = Only text was found and no table; every cell is blank. Please bring the report with its tables, or fill them in.
read-no-table-but-pictures = Only text and pictures were found and no table; every cell is blank. The tables may have been inserted as pictures, whose figures cannot be read. Please bring the report with its tables, or fill them in from the pictures.
read-hidden-sheets = The sheets “{ $names }” are hidden and were not read. If the report is there, please unhide them.
read-columns-cut = What stands beyond column { $most } of a sheet was not read.
read-macros = This file holds macros. They were neither run nor read.
read-other-form = The row “{ $text }” is laid out as in “{ $other }”, the rest of the report as in “{ $form }”: a mixture of two layouts. Please use one.
read-other-label = The row “{ $text }” is named “{ $due }” in the prescribed form. Please check it for misprints.
read-guessed-year = Neither title nor period names a year; by the text it is taken to be { $year }. Please check.
read-picture-for-table = No table was found under “{ $heading }”, but the file holds pictures: the table may have been inserted as one, whose figures cannot be read. Please fill it in from the picture.
read-row = { $label }:{" "}
refused-empty = This file is empty. Please download or save it again.
refused-too-large = This file is larger than 64 MB; no annual report is. Please check whether it is the right file.
refused-binary = This file holds no readable text. Please bring the report as a web page, a Word or Excel file, text or JSON.
refused-several = This file is a list of { $count } reports; only one can be used here. Please save the one that is meant as a file of its own.
refused-too-many-rows = This file has far more rows or cells than an annual report, so it was not read on. Please save the report alone.
refused-save-as = This is { $kind }, which cannot be read as it is. Please open it in Word, Excel or WPS and save it as { $ending }.
refused-archive = This is an archive. Please unpack it and choose the file of the report in it.
refused-only-pictures = This file holds pictures only; text in pictures cannot be recognised. Please bring the report with its text and tables, or its web page.
refused-format = This is { $kind }, which cannot be read yet. Please save the report as a web page (.html) or as text (.txt).
refused-image = This is an image; text in images cannot be recognised yet. Please bring the report as a web page, a Word or Excel file, or text.
refused-login-page = This looks like a login page; it holds no table of a report. Please log in, open the report and save that page.
refused-no-table = This page holds no table of an annual report; it may load its content later. Please open the report in a browser and save the page once the tables show.
refused-no-form = No form of an annual report is recognised in this text. Please check whether it is the right file; if it is the report, bring it with its tables.
refused-before-2019 = This is a report from before 2019, but it holds neither a table of indicators that can be read nor a text. Please bring the whole report.
refused-old-table = By its year this report is for 2019 or later, but it shows the statistics table of the years before and no table of an annual report. Please check the year; if it is right, bring the report in the form that is due.
misread-relations-hold = {" "}With that the relations hold ({ $names }).
misread-cells = In “{ $heading }” it looks as if { $why } in { $count } cell(s) (such as “{ $from }” for { $to }).{ $hold } Please check them against the source.
misread-missing-row = The source does not show the row “{ $row }”. By the relations ({ $names }) it should be { $values }. Please fill it in from the source.
misread-missing-cells = In “{ $heading }” { $count } cell(s) are blank while the rest of their rows is filled; they may have been lost. By the relations ({ $names }) they should be { $values }. Please fill them in from the source.
misread-letters = digits were taken for letters
misread-merged = figures of neighbouring cells ran into one
misread-lost = a cell was lost
misread-added = a cell was added
kind-office = a Word, Excel or PDF file or an archive
kind-rtf = an RTF file
refused-unknown-form = The report has the form “{ $id }”, which is not at hand (known: { $known }). Bring its form file, or correct “form”.
refused-broken-json = This is no complete JSON: it breaks off at line { $line }, column { $column }. Please export it again.
refused-other-json = This JSON is no annual report: it has no “form” and “figures”. Please check whether it is the right file.
refused-indicators-no-list = “indicators” has to be a list of objects with id, label and unit. Please correct it.
refused-indicators-too-many = “indicators” lists { $count } rows; { $most_indicators } is the most. Please check whether it is the right file.
refused-indicator = Entry { $number } of “indicators” is not understood: it is an object with the texts id, label and unit and the number level, and has an id or a label. Please correct it.
refused-indicator-id = The id “{ $id }” of entry { $number } of “indicators” cannot stand in an address. Please use a–z, 0–9 and _ only.
refused-indicator-twice = The id “{ $id }” of entry { $number } of “indicators” is taken already. Please give each row its own.

## Charts

chart-source = Source: { $title }
chart-this-report = This report
chart-body-in-year = { $name } ({ $year })
chart-years-differ = The reports are for different years.
chart-by-body = By body: { $name }
chart-source-bodies = Source: annual reports of { $count } bodies
chart-not-in-form = not in its form
chart-body = Body
chart-figure-in-none = None of the reports has this figure.
chart-bodies-one = Only { $top } has this figure: { $most }.
chart-bodies-equal = { $most } for all { $count } bodies.
chart-bodies-most = Of { $count } bodies, the most: { $top }, { $most }.
chart-bodies-rank = Of { $count } bodies, the most: { $top }, { $most }; { $own } comes { $rank }.
chart-difference = Difference
chart-chain-missing-years = There is no report for { $years }, so that nothing can be said of what was handed on then.
chart-gap-more = { $by } more
chart-gap-fewer = { $by } fewer
chart-chain-nothing = No two years that follow each other have both figures, so that nothing can be compared.
chart-chain-one-agrees = “{ $out }” of { $year } and “{ $into }” of { $next } agree: { $sent }.
chart-chain-all-agree = In all { $count } cases “{ $out }” agrees with “{ $into }” of the next year.
chart-chain-one-differs = “{ $out }” of { $year } is { $sent }, but “{ $into }” of { $next } is { $received }.
chart-chain-one-of-many-differs = One of { $count } does not agree: “{ $out }” of { $year } is { $sent }, but “{ $into }” of { $next } is { $received }.
chart-chain-some-differ = { $wrong } of { $count } do not agree, the first: “{ $out }” of { $year } is { $sent }, but “{ $into }” of { $next } is { $received }.
chart-zeros-left-out = Another { $count } figures are 0 and are not drawn; see the table.
chart-number = Number
chart-mark-share = {" "}({ $share })
chart-share = Share
chart-results-differ = The results add up to { $sum }, but “{ $label }” says { $whole }; the difference is marked in the picture.
chart-flow-unbalanced = { $into } come to { $came }, { $out } to { $went }, a difference of { $difference }, which is marked in the picture.
chart-to-be-handled = To be handled
chart-one-missing = “{ $label }” has no number and is left out.
chart-some-missing = { $count } cells, “{ $label }” the first of them, have no number and are left out.
chart-all-known-zero = All figures that are there are 0.
chart-no-figures-yet = No figures are there yet.
figure-not-read = not read
figure-not-filled = blank
figure-with-unit = { $number }
amount-with-unit = { $number } × { $unit }
chart-parts-differ = The parts add up to { $sum }, the total says { $whole }; shares are of the sum of the parts.
chart-these-are-zero = These are 0: { $names }.
chart-total = Total
chart-total-and-parts = The total says { $whole }; the parts that are there come to { $sum }.
chart-parts-so-far = The parts that are there come to { $sum }.
chart-group-results-differ = “{ $label }”: the results add up to { $sum }, the total says { $whole }; the results are drawn.
chart-results-incomplete = { $whole } in all; the figures of the results are not complete.
chart-new-form = new form { $year }
chart-new-form-note = From { $year } on there is a new form ({ $notice }); what is counted may differ before and after.
chart-renamed-note = {" "}Before, this was called “{ $old }”.
chart-missing-years = There is no report for { $years }.
chart-source-years = Source: { $count } annual reports of { $agency }, { $first }–{ $last }
chart-dot = {" "}·{" "}
chart-year = Year
chart-form = Form
chart-years-overview = { $count } reports from { $first } to { $last }.
chart-over-years = Over the years: { $name }
chart-figure-in-no-year = None of the reports has this figure.
chart-years-only = Only { $first } has this figure: { $from }.
chart-years-equal = { $from } in every report from { $first } to { $last } that has it.
chart-years-peak-at-end = { $from } in { $first }, { $to } in { $last }; the most was in { $peaks }.
chart-years-peak = { $from } in { $first }, { $to } in { $last }; the most was in { $peaks }, { $most }.

## Writing files

write-no-charts = A .{ $ending } file cannot hold charts; only a web page (.html) can. Please use .html, or leave the charts out.
write-no-ending = The file name has no ending, so that the format is not known. Please add one of { $known }.
write-unknown-ending = A .{ $shown } file cannot be written. The endings that can: { $known }.
write-not-here = This program does not make .{ $ending } files. Please choose another format.
write-nothing-to-draw = There are no charts of this report.
write-unknown-chart = There is no chart “{ $shown }”. The charts of this report: { $known }.
write-too-wide = The table has { $columns } columns; Word takes { $most_columns } at the most. Please choose .xlsx or .html.
write-not-packed = The file could not be packed: { $error }. Please choose another format, such as .html.
write-sheet-too-large = The report is larger than the { $most_rows } rows or { $most_columns } columns of an Excel sheet. Please choose .html or .json.

## Offline files

# $what: the part that is damaged
bundle-damaged = The program for the offline file is incomplete or was altered ({ $what }). Please take all program files from one release and try again.
bundle-mixed = The program for the offline file is of two versions ({ $one } and { $other }). Please take all program files from one release and try again.

## The command

command-checked = checked
command-folder-empty = There is no report in the folder that can be read. Please check the path; files with an unusual ending have to be named.
command-name-format = To write to standard output, please name the format with --to, such as --to html.
command-chart-as-svg = A chart alone is written as .svg, and --chart says which one, such as --chart outcomes.
command-same-file = The file to be written is the one to be read, which would be lost. Please choose another name.
command-no-folder = there is no such folder
command-write-not-permitted = writing there is not permitted
command-is-folder = it is a folder, not a file
command-disk-full = the disk is full
command-cannot-write = The file cannot be written: { $reason }. Please check its path and permissions.
command-faulty-form = { $name }: the file is faulty at { $place }: { $problem }
command-form-line = { $cells } cells, { $relations } relations
command-open-form-line = each report's own indicators, { $rows } known
command-cannot-open = The file cannot be opened: { $reason }. Please check its path and permissions.
command-cannot-list = The folder cannot be opened: { $reason }. Please check its permissions.
command-no-file = there is no such file
command-read-not-permitted = reading it is not permitted
command-compared-with = last year's report:{" "}
command-error = error
command-warning = warning
command-info = info
command-explained = explained { $message } [{ $rule }] Reason given: { $reason }
command-relations-open = , { $open } more are open because figures are missing
command-answered = , { $answered } explained
command-conclusion = { $errors } error(s), { $warnings } warning(s), { $infos } note(s){ $settled }; { $cells_filled } of { $cells } figures read, { $relations_checked } relations checked{ $open }.
command-reading-priors = last year's
command-no-priors = There is no report in the folder that can be read. Please check the path, or leave --prior out.
command-prior-named = “{ $agency }” ({ $path })
command-priors-more = { $names } and { $more } more
command-priors-unsure = { $count } reports could be this body's for last year: { $names }. None was taken, and carry-over was not checked; please name one with --prior.
command-prior-unreadable = Last year's report ({ $path }) cannot be read; carry-over was not checked. { $sentence }
command-summary = { $files } files: { $faulty } with errors, { $unreadable } unreadable; { $errors } error(s), { $warnings } warning(s){ $settled }.
command-notes = {" "}{ $notes }.
command-without-prior = { $count } without last year's report
command-prior-not-certain = { $count } whose report of last year is not certain
command-priors-nameless = { $count } of the prior reports not used, as their body or year is not known
command-without-ending = { $count } without ending
command-with-ending = { $count } .{ $ending }
command-skipped = { $all } file(s) in folders skipped, as they do not look like reports ({ $kinds }); name them to have them read
command-unreadable = (unreadable)
command-head-file = file
command-head-agency = agency
command-head-year = year
command-head-fingerprint = fingerprint
command-head-errors = errors
command-head-warnings = warnings
command-head-blanks = blanks

## The command: files that work without a network

command-no-program = This command has no program for offline files. Please name the folder that holds it with --program (the one in the release with offline-page.json in it), or put that folder beside this command under the name nianbao-offline.
command-program-folder = Please name the folder that holds the program for offline files with --program: offline-page.json and others are in it.
command-program-version = The program for offline files is version { $found }, this command is version { $own }. Please use a program of the same version.
command-bundled = making
command-bundled-all = { $count } files were made in { $folder }.
command-bundle-form = Please name one form with --form: its name ({ $known }), or a form file.
command-bundle-form-named = The name of a form behind --form goes with --empty. A report has its form already: please leave --form out, or name a form file.
command-bundle-one-rules = An offline file takes one file of rules. Please put all rules into one file and give --rules once.
command-bundle-ending = An offline file is a web page: its name has to end with .html.
command-bundle-list-others = Empty forms for a list take neither --prior nor --history: these belong to one body. Please leave them out, or make that file alone.
command-bundle-filled-in = Not written: a file of this name is there that is no empty form. Please move it away, or choose another folder.
command-list-no-text = This list cannot be read. Please save it as a CSV file: one body a line, its name in the first column, the year in the second (it may be left out).
command-list-empty = There is nobody on the list. Please write the name of one body a line.
# $name: what stands there in place of a name
command-list-no-name = Line { $line } has no name that can be used (“{ $name }”); nothing was made of it.
command-list-no-year = Line { $line }, “{ $agency }”: the year “{ $year }” is none; nothing was made of it. Please write four digits, such as 2024.
command-list-twice = Line { $line }: “{ $agency }” is on the list already; one file was made.
# What may stand over the column of names, in small letters, with spaces between; the same for years
command-list-heads-agency = agency body name organization organisation office
command-list-heads-year = year
command-offline-line = Offline file: program { $version }, hash of its code { $code } ({ $state })
command-program-same = the same as that of this version
command-program-differs = not that of this version
command-program-other = another version, not compared
command-program-unknown = no program at hand, not compared
command-no-version = of no version
command-offline-differs = The program in this file is not that of version { $version } (the hash of its code is { $code }) and may have been altered. The data were checked as usual; please do not run the file, and ask whoever sent it.
command-offline-other = The program in this file is version { $found } (the hash of its code is { $code }), this command is version { $own }; the program was not compared. The data were checked as usual.
command-offline-seen = The tables and texts that are seen in this file differ from its data ({ $count }): { $places }. The file may have been altered; what was checked are the data. Please ask whoever sent it.
command-offline-changed = This file was changed after it was written, but the tables and texts that are seen are its data; these were checked. Please ask whoever sent it for the file as it was.
command-place = “{ $row }” “{ $column }”
command-place-elsewhere = cover or headings
command-places-more = { $places } and more

## Why the widget did not start. These are also built into a script (scripts/ship.mjs): one line each, with names alone.

trouble-no-webassembly = This browser has no WebAssembly, so the report cannot be shown as a live view; its original text stands below. Please use a newer browser (Chromium 83 or later, Firefox, Safari).
trouble-status = The report widget did not start: the site does not give the file { $file } (status { $status }). The site’s administrator should put all files of the package into one folder.
trouble-unreachable = The report widget did not start: the file { $file } could not be fetched. Please check the network and open the page again.
trouble-cross-origin = The report widget did not start: the file { $file } is on another site, which this page may not read. Please add the header “Access-Control-Allow-Origin: *” to these files there, or put them on this site.
trouble-type = The report widget did not start: the file { $file } comes as “{ $actual }”, which browsers refuse. The site’s administrator should change its header to “Content-Type: { $type }”.
trouble-policy-connect = The report widget did not start: the content security policy does not allow { $file } to be read. Please add “connect-src 'self'” to the header Content-Security-Policy.
trouble-policy-script = The report widget did not start: the content security policy does not allow { $file } to run. The header Content-Security-Policy should say “script-src 'self' 'wasm-unsafe-eval'”.
trouble-policy-wasm = The report widget did not start: the content security policy does not allow WebAssembly. The header Content-Security-Policy should say “script-src 'self' 'wasm-unsafe-eval'”, or for Chromium before 97 “script-src 'self' 'unsafe-eval'”.
trouble-no-module = The report widget did not start: what comes as { $file } is no program, perhaps a login or an error page. The site’s administrator should check what is at that address.
trouble-damaged = The report widget did not start: { $file } is incomplete or was altered. The site’s administrator should upload this file of the package again.
trouble-version = The report widget did not start: nianbao.js and { $file } are of different versions (expected { $expected }, found { $found }). The site’s administrator should replace all files by those of one package and give them the header “Cache-Control: no-cache”.
trouble-altered = The report widget did not start: the file { $file } is missing or is not the one that was published, so the integrity check that this page demands has failed. The site’s administrator should upload the files of the package again.
trouble-style = The report’s style sheet { $file } did not load, so its tables are bare. The site’s administrator should check that file and “style-src 'self'” in the content security policy.
trouble-no-memory = The report widget did not start: the browser gave it too little memory; the original text stands below. Please close other pages or programs and open this page again.
trouble-unknown = The report widget did not start: { $file } failed ({ $reason }). Please reload the page; if it still fails, open it in a newer browser.
trouble-fell = The report widget has just broken down and was started anew. Please try again.
trouble-felled = The report widget broke down again and again and has stopped; below is what it showed. Please reload the page; the draft that was kept comes back.

## The page for an iframe. These are built into its script (scripts/ship.mjs): one line each, with names alone.

embed-title = Annual report on government information disclosure
embed-loading = The report is being loaded.
embed-file = Open its file
embed-missing = The address does not say which report to show. Please write embed.html?src=ADDRESS, encoded (encodeURIComponent) where it has ? & # % + or a space in it.
embed-no-address = No report was loaded: “{ $address }” in { $name } is no web address. Please use one that begins with http or https and has no user name or password in it, or a path on this site.
embed-elsewhere = No report was loaded: “{ $address }” in { $name } is neither on this site nor on an allowed one. Please put the file on this site ({ $own }), or have the site’s administrator add { $origin } to <meta name="nianbao-allow"> in embed.html.
embed-not-started = The report widget did not start. Please use a current browser; if it still fails, the site’s administrator should check that nianbao.js stands beside embed.html.
embed-sandbox = The report widget did not start: the iframe’s sandbox attribute lacks allow-same-origin. Please add it, or have the server send Access-Control-Allow-Origin: * with the files in { $folder } and with the reports.

## The page of an offline file. What begins with offline-loader and offline-page is also built into its scripts (scripts/ship.mjs): one line each, with names alone.

offline-loader-no-webassembly = This browser has no WebAssembly, so the report below can only be read, not filled in or checked. Please open this file in a newer browser (Chromium 83 or later, Firefox, Safari).
offline-loader-old = This browser is too old, so the report below can only be read, not filled in or checked. Please open this file in a newer browser (Chromium 83 or later, Firefox, Safari).
offline-loader-damaged = The program in this file cannot be opened ({ $reason }), so the report below can only be read. Please copy the file again and open it; if that fails, check it with nianbao check, or use a newer browser.
offline-page-whose = { $agency }, { $year }
offline-page-no-agency = No agency has been filled in yet
offline-page-opening = Opening
offline-page-as-in-file = As in the file, unchanged
offline-page-other = What is shown is not the report in this file
offline-page-unsaved = Changes are not saved to the file yet
offline-page-saving = Saving
offline-page-saved = Saved to “{ $name }” at { $time }
offline-page-saved-elsewhere = Saved as “{ $name }” at { $time }. This page is still “{ $own }”: please open the new file from now on.
offline-page-not-in-place = The browser did not let the file be written ({ $reason }), so it was downloaded.
offline-page-downloaded = Downloaded as “{ $name }” at { $time }. This page is still the old file: please open the downloaded one from now on.
offline-page-failed = Not saved: { $reason } The changes are still in this page. Please keep it open and press “Save” again.
offline-page-save = Save
offline-page-save-keys = Save to a file (Ctrl+S)
offline-page-save-keys-mac = Save to a file (⌘S)
offline-page-kind = Offline report
offline-page-about = About this file
offline-page-close = Close
offline-page-seen = Fingerprint of what is shown
offline-page-seen-note = A fingerprint is computed from what the report says, and changes with every figure. It also stands in the printed footer, in the Word file and in the JSON: where it is the same, the content is.
offline-page-held = Fingerprint of what the file holds
offline-page-held-downloaded = This is that of “{ $name }”, which was written last; the old file that this page was opened from is as it was.
offline-page-previous = Fingerprint of what it held before it was last saved
offline-page-no-previous = There is none: the file has not been changed before it was opened.
offline-page-take-back = Take that content back
offline-page-taken-back = What the file held before is back. “Undo” goes back to what was there; to keep it, save.
offline-page-no-fingerprint = None
offline-page-program = Program
offline-page-code = Hash of the program
offline-page-code-note = It is the same in all offline files of one version and one purpose; another one means another program, which may have been altered.
offline-page-no-code-hash = This browser cannot compute it; please check the file with nianbao check.
offline-page-carries = The file carries
offline-page-carries-tables = Tables, texts and the check
offline-page-carries-editor = Filling in and correcting
offline-page-carries-charts = Charts
offline-page-carries-reader = Pasting, and reading web pages, texts and CSV files
offline-page-carries-container = Pasting, and reading Word, Excel and PDF files, web pages, texts and CSV files
offline-page-carries-writer = Saving, and export as HTML, CSV, Markdown and JSON
offline-page-carries-office = Saving, and export as Word, Excel, HTML, CSV, Markdown and JSON
offline-page-network = Network
offline-page-network-note = This file makes no network request, and what is in it stays on this machine; by its own policy the browser refuses every request.
offline-page-check = How a receiver checks it
offline-page-check-note = With the command nianbao of the same version: it reads the report, lists what is wrong, and says whether the program was altered.
offline-page-print = Fingerprint: { $fingerprint }
offline-page-cannot-edit = This file is for reading only, and has no program for filling it in. To change the report, please ask whoever sent it for an offline file that can be filled in.
offline-page-cannot-draw = This file has no program for charts. Please ask whoever sent it for an offline file with charts.
offline-page-cannot-read = This file has no program for reading other files and opens JSON only. Please use an offline file that can be filled in, or open the other file on a page with the report widget.
offline-page-cannot-open = This file has no program for opening Word, Excel and PDF files. Please copy the content and paste it, or use an offline file with all formats.
offline-page-cannot-write = This file has no program for writing this format. Please ask whoever sent it for an offline file with all formats, or save JSON.
offline-page-not-started = The report widget did not start ({ $reason }). Please close this file and open it again; if it still fails, copy the file again, or use a newer browser.
offline-page-fell = The report widget has just broken down and was started anew. Please try again.
offline-page-felled = The report widget broke down again and again and has stopped; below is what it showed. Please open the file again; the draft that was kept comes back.
