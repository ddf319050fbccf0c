"""What rules do outside the devices: sounds, speech, web requests, MQTT, OBS, notes, alarms.

One rule: an outlet that is slow, missing or broken costs its own effects and nothing else.
"""
