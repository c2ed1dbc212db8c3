/** What a slide asks for is not to be had: code that is not there, or is there twice; a line of a picture that is none. */
export class BrokenSlide extends Error {
  override name = 'BrokenSlide'
}
