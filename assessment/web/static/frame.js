// What every page of a questionnaire brings along.
import "./leave.js";
import "./offline.js";
