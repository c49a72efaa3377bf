// A true countdown: to the moment that the page names, and not past it.
const countdown = document.querySelector("#countdown");
if (countdown?.dataset.until) {
  const until = Date.parse(countdown.dataset.until);
  const tell = () => {
    const seconds = Math.floor((until - Date.now()) / 1000);
    if (seconds <= 0) {
      document.querySelector(".offer").hidden = true;
      return;
    }
    const [days, hours, minutes] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
    const two = number => String(number).padStart(2, "0");
    countdown.textContent = `${days} ${countdown.dataset.days} ${two(hours)}:${two(minutes)}:${two(seconds % 60)}`;
    setTimeout(tell, 250);
  };
  tell();
}
