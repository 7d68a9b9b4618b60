// A static file server for the tests: right MIME types, and any path can be told to answer wrongly,
// as portals do.
//
//   const server = await serve("dist", { answers: { "/widget_bg.wasm": notFound } });
//   await page.goto(server.url);          // http://127.0.0.1:PORT/
//   server.answers["/a.json"] = loginPage; // can change at any time
//   server.requests                        // paths asked for so far, in order
//   await server.close();
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, resolve } from "node:path";

export const notFound = { status: 404, type: "text/html; charset=utf-8", body: "<h1>404 Not Found</h1>" };
export const serverError = { status: 500, type: "text/plain; charset=utf-8", body: "Internal Server Error" };
/** What a session that has run out gets, with status 200. */
export const loginPage = {
  status: 200,
  type: "text/html; charset=utf-8",
  body: "<!doctype html><title>登录</title><form method=post><input name=user><input name=password type=password></form>",
};
/** An answer may have `headers` of its own: `{ …page, headers: { "content-security-policy": "default-src 'self'" } }`. */
/** The file itself, under a type that is not its own: `withType("application/octet-stream")`. */
export const withType = (type) => ({ type });
/** The file itself, but only after a while. */
export const delayed = (milliseconds) => ({ milliseconds });
/** What is asked for is said to be elsewhere. */
export const movedTo = (location) => ({ status: 302, type: "text/plain; charset=utf-8", body: "", headers: { location } });
/** The connection ends without an answer. */
export const cutOff = { cut: true };
/** The file itself, but the connection ends after so many bytes. */
export const cutAfter = (bytes) => ({ bytes });
/** The file itself, but only once that is resolved. */
export const heldUntil = (until) => ({ until });
/** What is written bit by bit: `write` gets the response once its headers are out, and resolves when it has no more. */
export const streamed = (type, write) => ({ status: 200, type, write });

const types = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".md": "text/markdown; charset=utf-8",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
};

/** `headers` go with every answer: `{ "access-control-allow-origin": "*" }` for files that pages of other sites use. */
export async function serve(folder, { answers = {}, port = 0, headers = {} } = {}) {
  const root = resolve(folder);
  const requests = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    requests.push(path);
    Object.entries(headers).forEach(([name, value]) => response.setHeader(name, value));
    respond(root, path, answers[path] ?? {}, response).catch((error) => response.destroy(error));
  });
  await new Promise((ready) => server.listen(port, "127.0.0.1", ready));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    answers,
    requests,
    close: () =>
      new Promise((closed) => {
        server.close(closed);
        server.closeAllConnections?.();
      }),
  };
}

async function respond(root, path, answer, response) {
  if (answer.cut) return void response.destroy();
  await answer.until;
  if (answer.milliseconds) await new Promise((later) => setTimeout(later, answer.milliseconds));
  const file = join(root, normalize(path.endsWith("/") ? `${path}index.html` : path));
  const body = answer.body ?? (file.startsWith(root) ? await readFile(file).catch(() => null) : null);
  // Browsers ask for it by themselves; a 404 would count as a complaint of the page's.
  if (body === null && path === "/favicon.ico") return response.writeHead(204).end();
  if (answer.write) return stream(response, answer);
  if (body === null) return send(response, notFound, notFound.body);
  if (answer.bytes) return cut(response, types[extname(file)], body, answer.bytes);
  send(response, { status: 200, type: types[extname(file)] ?? "application/octet-stream", ...answer }, body);
}

function send(response, { status, type, encoding, headers }, body) {
  response.writeHead(status, { "cache-control": "no-store", ...headers, "content-type": type, ...(encoding && { "content-encoding": encoding }) });
  response.end(body);
}

async function cut(response, type, body, bytes) {
  response.writeHead(200, { "cache-control": "no-store", "content-type": type, "content-length": body.length });
  await new Promise((written) => response.write(body.subarray(0, bytes), written));
  response.destroy();
}

async function stream(response, { status, type, headers, write }) {
  response.writeHead(status, { "cache-control": "no-store", ...headers, "content-type": type });
  response.flushHeaders();
  await write(response);
  response.end();
}
