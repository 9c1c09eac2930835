/** A page that Vue owns and re-renders every 50 ms, hydrated from what a server has rendered. */

import { createSSRApp, h, onMounted, onUnmounted, ref } from "vue";

import { useAdjustment, useSegment } from "../../../agent/trimtab/browser/bindings/trimtab-vue.js";

const Story = {
  setup() {
    const short = useAdjustment("short-story");
    const eager = useSegment("eager");
    const renders = ref(0);
    let timer = 0;
    onMounted(() => (timer = setInterval(() => (renders.value += 1), 50)));
    onUnmounted(() => clearInterval(timer));
    return () => {
      const words = `${short.value ? "Short." : "A long story."} ${eager.value ? "Eager" : "Calm"}`;
      return h("p", { id: "story", "data-renders": renders.value }, words);
    };
  },
};

const root = document.getElementById("root");
window.rendered = '<p id="story" data-renders="0">A long story. Calm</p>';
window.recovered = [];
root.innerHTML = window.rendered;
const app = createSSRApp(Story);
app.config.warnHandler = (message) => recovered.push(message);
app.mount(root);
window.unmount = () => app.unmount();
