// Tells views that what the server holds has changed through this page.

class Library {
  /// Grows with every change; views that list things follow it.
  version = $state(0);

  changed(): void {
    this.version += 1;
  }
}

export const library = new Library();
