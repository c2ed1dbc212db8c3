/** What to install when there is no browser that the checks can drive. */
export const noBrowser = 'no Chrome, Edge or Chromium found: install one, and the checks of the page run too'
