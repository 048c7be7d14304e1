// Looks how far a job is, and shows the page anew once it has ended.
const place = document.getElementById("job");
const sentence = place.querySelector("[role=status]");
const bar = place.querySelector("progress");

let pause = 500;

async function look() {
  try {
    const answer = await fetch(place.dataset.address, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.statusText);
    const job = await answer.json();
    if (job.ended) {
      location.reload();
      return;
    }
    pause = 1000;
    if (sentence.textContent !== job.sentence) sentence.textContent = job.sentence;
    if (job.steps) {
      bar.max = job.steps;
      bar.value = job.done;
    } else {
      bar.removeAttribute("value");
    }
  } catch {
    // The network or the server is away for a moment; the job is not.
    pause = Math.min(2 * pause, 10000);
  }
  setTimeout(look, pause);
}

setTimeout(look, pause);
