/** A page of Vue's: the same component in `#root`, which is adjusted, and in `#control`, which is not. */

import { createApp, createSSRApp, h, onMounted, ref } from "vue";
import { renderToString } from "vue/server-renderer";

import { items } from "./items.js";

const ticks = [];
const errors = [];

const App = {
  props: ["mode"],
  setup({ mode }) {
    const tick = ref(0);
    onMounted(() => {
      ticks.push((n) => (tick.value = n));
      document.querySelector("[data-trimtab-wait]")?.removeAttribute("data-trimtab-wait");
    });
    return () => {
      const card = h("p", { class: `card n${tick.value}`, key: mode === "replace" ? tick.value : "card" }, `card ${tick.value}`);
      const list = items(tick.value).map((item) => h("b", { key: item }, item));
      return h("main", [mode === "remove" && tick.value % 2 ? null : card, h("p", { class: "list" }, list)]);
    };
  },
};

function mount(create, mode) {
  for (const root of [document.querySelector("#root, #shell"), document.querySelector("#control")]) {
    const app = create(App, { mode });
    app.config.errorHandler = (error) => errors.push(String(error));
    app.mount(root);
  }
}

window.frame = {
  errors,
  tick: (n) => ticks.forEach((set) => set(n)),
  html: (mode) => renderToString(createSSRApp(App, { mode })),
  render: (mode) => mount(createApp, mode),
  hydrate: (mode) => mount(createSSRApp, mode),
};
