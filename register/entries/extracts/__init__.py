"""EXTRACTS (uittreksels): what the register says of somebody on a day, handed out in a form that anybody can check."""
