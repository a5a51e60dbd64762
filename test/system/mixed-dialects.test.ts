import { mixedDialectsStory } from '../contracts/stories/mixed-dialects.ts';
import { startLocally } from '../contracts/stories/story.ts';

mixedDialectsStory('on the embedded bus and the local API', startLocally);
