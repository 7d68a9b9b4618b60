## Why the widget did not start. These are also built into a script (scripts/ship.mjs): one line each, with names alone.

trouble-no-webassembly = 這個瀏覽器不支援 WebAssembly，年報不能以互動方式顯示，下面是原文。請改用較新的瀏覽器（Chromium 83 以上、Firefox、Safari）。
trouble-status = 年報元件沒有啟動：網站沒有給出檔案 { $file }（狀態 { $status }）。請網站管理員把發布包裡的檔案全部放在同一個資料夾。
trouble-unreachable = 年報元件沒有啟動：沒有取得檔案 { $file }。請檢查網路後重新開啟網頁。
trouble-cross-origin = 年報元件沒有啟動：檔案 { $file } 在另一個網站上，瀏覽器不允許讀取。請在那個網站為這些檔案加上回應標頭「Access-Control-Allow-Origin: *」，或把檔案放到本網站。
trouble-type = 年報元件沒有啟動：檔案 { $file } 的類型是「{ $actual }」，瀏覽器拒絕使用。請網站管理員把它的回應標頭改為「Content-Type: { $type }」。
trouble-policy-connect = 年報元件沒有啟動：內容安全政策不允許讀取 { $file }。請在回應標頭 Content-Security-Policy 裡加上「connect-src 'self'」。
trouble-policy-script = 年報元件沒有啟動：內容安全政策不允許執行 { $file }。請在回應標頭 Content-Security-Policy 裡寫「script-src 'self' 'wasm-unsafe-eval'」。
trouble-policy-wasm = 年報元件沒有啟動：內容安全政策不允許 WebAssembly。請在回應標頭 Content-Security-Policy 裡寫「script-src 'self' 'wasm-unsafe-eval'」；Chromium 97 以前的瀏覽器要寫「script-src 'self' 'unsafe-eval'」。
trouble-no-module = 年報元件沒有啟動：{ $file } 的內容不是程式，可能是登入頁或錯誤頁。請網站管理員檢查這個位址給出的內容。
trouble-damaged = 年報元件沒有啟動：{ $file } 不完整，或者被改動過。請網站管理員重新上傳發布包裡的這個檔案。
trouble-version = 年報元件沒有啟動：nianbao.js 與 { $file } 不是同一版本（應為 { $expected }，實為 { $found }）。請網站管理員把發布包裡的檔案全部換成同一版本，並為它們設定回應標頭「Cache-Control: no-cache」。
trouble-altered = 年報元件沒有啟動：檔案 { $file } 不在，或者與發布時不同，網頁要求的完整性檢查沒有通過。請網站管理員重新上傳發布包裡的檔案。
trouble-style = 年報的樣式檔 { $file } 沒有載入，表格沒有排版。請網站管理員檢查這個檔案和內容安全政策的「style-src 'self'」。
trouble-unknown = 年報元件沒有啟動：{ $file } 出錯（{ $reason }）。請重新整理網頁；仍不成功時，請用較新的瀏覽器開啟。
