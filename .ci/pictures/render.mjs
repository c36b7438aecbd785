// Draws what djleak publishes as GitHub shows it: render.mjs MODULES PUBLISHED HEAD PAGE OUT [--all].
//
// PUBLISHED is what annotate/github/githubtest/serve printed, HEAD the folder that it served, PAGE a rule's page, OUT where
// the pictures go. With --all every comment is drawn, and everything at a phone's width too.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [modules, published, head, page, out, all] = process.argv.slice(2);
const require = createRequire(path.join(modules, "package.json"));
const load = async (name) => import(pathToFileURL(require.resolve(name)));
const { default: MarkdownIt } = await load("markdown-it");
const { default: puppeteer } = await load("puppeteer-core");
const { common, createStarryNight } = await load("@wooorm/starry-night");
const { toHtml } = await load("hast-util-to-html");

const starryNight = await createStarryNight(common);
const asset = (name) => fs.readFileSync(path.join(modules, "node_modules", name), "utf8");
const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

function highlighted(text, language) {
  const scope = language && starryNight.flagToScope(language);
  return scope ? toHtml(starryNight.highlight(text, scope)) : escape(text);
}

// lineRows draws lines of a file as a diff does: numbered from the first, each with its sign.
function lineRows(lines, first, sign, language) {
  const kind = { "+": "added", "-": "removed", " ": "kept" }[sign];
  const code = highlighted(lines.join("\n"), language).split("\n");
  return code.map((line, i) => `<tr class="${kind}"><td class="number">${first + i}</td><td class="sign">${sign}</td><td class="code">${line || " "}</td></tr>`).join("");
}

// markdown renders as GitHub does; replaced are the lines that a suggestion would replace.
function markdown(text, replaced) {
  const renderer = new MarkdownIt({ html: true, linkify: true, breaks: Boolean(replaced) });
  renderer.renderer.rules.fence = (tokens, i) => {
    const { info, content } = tokens[i];
    const code = content.replace(/\n$/, "");
    switch (info.trim()) {
      case "suggestion":
        return `<div class="suggestion"><div class="caption">Suggested change</div><table>${lineRows(replaced.lines, replaced.first, "-", "python")}${lineRows(code.split("\n"), replaced.first, "+", "python")}</table><div class="buttons"><span>Commit suggestion</span><span>Add suggestion to batch</span></div></div>`;
      case "mermaid":
        return `<pre class="mermaid">${escape(code)}</pre>`;
      default:
        return `<div class="highlight"><pre>${highlighted(code, info.trim())}</pre></div>`;
    }
  };
  return `<div class="markdown-body">${renderer.render(text)}</div>`;
}

// parts splits what was printed into its sections, each with a title and a text.
function parts(text) {
  return text.split(/^──── /m).slice(1).map((part) => {
    const end = part.indexOf("\n");
    return { title: part.slice(0, end), text: part.slice(end + 1).trimEnd() };
  });
}

const avatar = `<svg class="avatar" viewBox="0 0 32 32"><circle cx="16" cy="16" r="16" fill="#0969da"/><path d="M16 6c4 6 6 8.500 6 12a6 6 0 0 1-12 0c0-3.500 2-6 6-12z" fill="#fff"/></svg>`;

// comment draws a thread as it stands below its lines in the changed files.
function comment({ title, text }) {
  const [, name, from, to] = title.match(/^comment on (.*), lines? (\d+)(?: to (\d+))?$/);
  const first = Number(from), last = Number(to ?? from);
  const lines = fs.readFileSync(path.join(head, name), "utf8").split("\n").slice(first - 1, last);
  const shown = lines.slice(-4);
  const where = first === last ? `Comment on line +${first}` : `Comment on lines +${first} to +${last}`;
  return `<div class="thread"><div class="path">${escape(name)}</div><table class="hunk">${lineRows(shown, last - shown.length + 1, "+", "python")}</table>` +
    `<div class="comment"><div class="author">${avatar}<b>github-actions</b><span class="label">bot</span><span class="when">${where}</span></div>${markdown(text, { lines, first })}</div></div>`;
}

const summary = ({ text }) => `<div class="card"><div class="caption"><b>djleak</b> summary</div>${markdown(text)}</div>`;

const rulePage = () => `<div class="card">${markdown(fs.readFileSync(page, "utf8"))}</div>`;

// unfolded opens the first fold, to show what is in it.
const unfolded = (html) => html.replace("<details>", "<details open>");

const style = `
body { margin: 0; padding: 16px; background: var(--bg); color: var(--fg); font: 14px/1.5 "Noto Sans", Helvetica, Arial, sans-serif; }
.markdown-body { padding: 16px; font-size: 14px; background: none !important; font-family: "Noto Sans", Helvetica, Arial, sans-serif; }
.markdown-body pre, .markdown-body code, table.hunk, .suggestion table { font-family: "Liberation Mono", monospace; }
.thread, .card, .suggestion { border: 1px solid var(--border); border-radius: 6px; overflow: hidden; }
.path, .card > .caption { padding: 8px 16px; background: var(--muted); border-bottom: 1px solid var(--border); font-size: 12px; }
.path { font-family: "Liberation Mono", monospace; }
.hunk, .suggestion table { width: 100%; border-collapse: collapse; font-size: 12px; line-height: 20px; margin: 0; display: table; }
.suggestion table { border: 0; } .suggestion tr, .suggestion td { border: 0 !important; }
.number { width: 40px; min-width: 40px; text-align: right; padding: 0 10px !important; color: var(--faint); vertical-align: top; }
.sign { width: 16px; text-align: center; padding: 0 !important; vertical-align: top; user-select: none; } .code { white-space: pre-wrap; word-break: break-word; padding: 0 8px 0 0 !important; }
.added { background: var(--added) !important; } .removed { background: var(--removed) !important; }
.comment { border-top: 1px solid var(--border); margin: 8px; border: 1px solid var(--border); border-radius: 6px; }
.author { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; padding: 8px 16px; border-bottom: 1px solid var(--border); background: var(--muted); border-radius: 6px 6px 0 0; }
.avatar { width: 24px; height: 24px; } .label { border: 1px solid var(--border); border-radius: 2em; padding: 0 6px; font-size: 12px; color: var(--faint); }
.when { color: var(--faint); font-size: 12px; }
.suggestion { margin-bottom: 16px; } .suggestion .caption { padding: 8px 16px; border-bottom: 1px solid var(--border); font-size: 12px; }
.buttons { padding: 8px; display: flex; gap: 8px; justify-content: flex-end; flex-wrap: wrap; }
.buttons span { border: 1px solid var(--border); border-radius: 6px; padding: 3px 12px; font-size: 12px; font-weight: 500; background: var(--muted); }
.mermaid { background: none !important; padding: 0 !important; text-align: center; }
`;

const themes = {
  light: { css: "github-markdown-css/github-markdown-light.css", mermaid: "default", colours: "--bg:#fff;--fg:#1f2328;--muted:#f6f8fa;--faint:#59636e;--border:#d1d9e0;--added:#dafbe1;--removed:#ffebe9;" },
  dark: { css: "github-markdown-css/github-markdown-dark.css", mermaid: "dark", colours: "--bg:#0d1117;--fg:#f0f6fc;--muted:#151b23;--faint:#9198a1;--border:#3d444d;--added:#12261e;--removed:#25171c;" },
};

// tallest is what a reader scrolls past willingly, in pixels: a longer picture shows how a page begins.
const tallest = 1200;

async function draw(browser, name, html, width, theme) {
  const tab = await browser.newPage();
  await tab.setViewport({ width, height: 600, deviceScaleFactor: 2 });
  const { css, mermaid, colours } = themes[theme];
  // A rule's page names its own picture from where it stands.
  const file = `${path.resolve(published)}.html`, base = pathToFileURL(`${path.dirname(path.resolve(page))}/`);
  fs.writeFileSync(file, `<!doctype html><meta charset="utf-8"><base href="${base}"><meta name="viewport" content="width=device-width"><style>${asset(css)}${style}body{${colours}}</style>${html}`);
  await tab.goto(pathToFileURL(file).href);
  if (html.includes('class="mermaid"')) {
    await tab.addScriptTag({ content: asset("mermaid/dist/mermaid.min.js") });
    await tab.evaluate(async (theme) => {
      window.mermaid.initialize({ startOnLoad: false, theme });
      await window.mermaid.run();
    }, mermaid);
  }
  const height = await tab.evaluate(() => document.documentElement.scrollHeight);
  const clip = { x: 0, y: 0, width, height: all ? height : Math.min(height, tallest) };
  await tab.screenshot({ path: path.join(out, `${name}.png`), clip, captureBeyondViewport: true });
  await tab.close();
}

const printed = parts(fs.readFileSync(published, "utf8"));
const comments = printed.filter((part) => part.title.startsWith("comment on "));
const pictures = {
  comment: unfolded(comment(comments.find((part) => part.text.includes("rule=queryset-loop-without-iterator")))),
  summary: summary(printed.find((part) => part.title === "job summary")),
  rule: rulePage(),
};
if (all) {
  comments.forEach((part, i) => { pictures[`comment-${i + 1}`] = comment(part); });
  pictures["summary-open"] = unfolded(pictures.summary);
}
const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--allow-file-access-from-files"] });
for (const [name, html] of Object.entries(pictures)) {
  for (const theme of ["light", "dark"]) {
    const suffix = theme === "dark" ? "-dark" : "";
    await draw(browser, name + suffix, html, 860, theme);
    if (all) {
      await draw(browser, `${name}-phone${suffix}`, html, 390, theme);
    }
  }
}
await browser.close();
