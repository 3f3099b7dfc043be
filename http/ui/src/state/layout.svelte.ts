// Which panes are open, kept from visit to visit.

const wide = matchMedia('(min-width: 1200px)');
const medium = matchMedia('(min-width: 768px)');

export type Width = 'wide' | 'medium' | 'narrow';

function kept(name: string, otherwise: boolean): boolean {
  const value = localStorage.getItem(`troupe.${name}`);
  return value === null ? otherwise : value === '1';
}

class Layout {
  width = $state<Width>('wide');
  treeOpen = $state(kept('tree', true));
  detailsOpen = $state(kept('details', true));
  /// On small windows panes are drawers, opened for a moment only.
  treeDrawer = $state(false);
  detailsDrawer = $state(false);
  helpOpen = $state(false);
  paletteOpen = $state(false);

  constructor() {
    const read = (): void => {
      this.width = wide.matches ? 'wide' : medium.matches ? 'medium' : 'narrow';
      this.treeDrawer = false;
      this.detailsDrawer = false;
    };
    wide.addEventListener('change', read);
    medium.addEventListener('change', read);
    read();
  }

  get tree(): boolean {
    return this.width === 'narrow' ? this.treeDrawer : this.treeOpen;
  }

  get details(): boolean {
    return this.width === 'wide' ? this.detailsOpen : this.detailsDrawer;
  }

  toggleTree(): void {
    if (this.width === 'narrow') this.treeDrawer = !this.treeDrawer;
    else {
      this.treeOpen = !this.treeOpen;
      localStorage.setItem('troupe.tree', this.treeOpen ? '1' : '0');
    }
  }

  toggleDetails(): void {
    if (this.width !== 'wide') this.detailsDrawer = !this.detailsDrawer;
    else {
      this.detailsOpen = !this.detailsOpen;
      localStorage.setItem('troupe.details', this.detailsOpen ? '1' : '0');
    }
  }
}

export const layout = new Layout();
