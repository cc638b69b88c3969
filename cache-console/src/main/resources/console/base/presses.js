// A key that is held down, and the second click of a double click, are no further presses of a button.

let isFurther = false;

addEventListener('click', (event) => {
  isFurther = event.detail > 1;
  setTimeout(() => {
    isFurther = false;
  });
}, true);

addEventListener('keydown', (event) => {
  if (event.repeat && event.key === 'Enter' && !(event.target instanceof HTMLTextAreaElement)) {
    event.preventDefault();
  }
}, true);

/** Whether what runs now was begun by such a press. */
export function isFurtherPress() {
  return isFurther;
}
