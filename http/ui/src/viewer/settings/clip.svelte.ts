// Settings that were copied, until the tab is closed.

import { saveViewSettings, viewSettings } from '../../api/view_settings';
import type { ColorModel } from '../../api/types';
import type { ChannelView } from '../settings';

export interface Copied {
  image: number;
  name: string;
  model: ColorModel;
  channels: ChannelView[];
  z: number;
  t: number;
  /// The server knows them as well.
  saved: boolean;
}

const keptAs = 'troupe.settings';

function kept(): Copied | null {
  try {
    return JSON.parse(sessionStorage.getItem(keptAs) ?? 'null') as Copied | null;
  } catch {
    return null;
  }
}

class Clip {
  held = $state.raw<Copied | null>(kept());

  hold(copied: Copied): void {
    this.held = copied;
    sessionStorage.setItem(keptAs, JSON.stringify(copied));
  }
}

export const clip = new Clip();

/// Saves them as one's own of the image they are of. What is not chosen in the page stays.
export async function save({ image, model, channels, z, t }: Omit<Copied, 'name' | 'saved'>): Promise<void> {
  const before = await viewSettings(image);
  await saveViewSettings(image, {
    model,
    z,
    t,
    codomain: before.codomain,
    channels: before.channels.map((channel) => {
      const view = channels[channel.index];
      if (!view) return channel;
      const { active, color, start, end, inverted, lut, gamma, curved } = view;
      const curve = curved ? {} : { family: gamma === 1 ? ('linear' as const) : ('polynomial' as const), coefficient: 1 / gamma };
      return { ...channel, ...curve, active, color, lut, inverted, window: { start, end } };
    }),
  });
}
