"""The procedure as a picture and in the notations of others: its flow, SVG, BPMN and DMN."""
