import { imageToPipelineStory } from '../contracts/stories/image-to-pipeline.ts';
import { startLocally } from '../contracts/stories/story.ts';

imageToPipelineStory('on the embedded bus and the local API', startLocally);
